/** A node is written here: its states, its graph, and what runs them in-process, so that a manager and its nodes can share a JVM. */
@NullMarked
package dev.steward.guard;

import org.jspecify.annotations.NullMarked;
