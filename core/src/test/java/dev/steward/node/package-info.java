/** Tests of the manager's side of nodes, and the replays of its recordings. */
@NullMarked
package dev.steward.node;

import org.jspecify.annotations.NullMarked;
