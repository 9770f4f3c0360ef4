/** Tests of the example of two processes, and the blocks of the page about stores. */
@NullMarked
package dev.steward.examples.roles;

import org.jspecify.annotations.NullMarked;
