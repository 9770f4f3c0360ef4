/** State machines as data: a validated table of states and moves, shortest ways through it, and pictures of it. */
@NullMarked
package dev.steward.state;

import org.jspecify.annotations.NullMarked;
