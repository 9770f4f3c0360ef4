/** Nodes that are written with the guard runtime, and one that manages the others. */
@NullMarked
package dev.steward.examples.nodes;

import org.jspecify.annotations.NullMarked;
