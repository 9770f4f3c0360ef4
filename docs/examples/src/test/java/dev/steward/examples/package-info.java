/** Runs the examples. */
@NullMarked
package dev.steward.examples;

import org.jspecify.annotations.NullMarked;
