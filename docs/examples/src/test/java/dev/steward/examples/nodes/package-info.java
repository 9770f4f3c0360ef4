/** The example of nodes, and the blocks of its page. */
@NullMarked
package dev.steward.examples.nodes;

import org.jspecify.annotations.NullMarked;
