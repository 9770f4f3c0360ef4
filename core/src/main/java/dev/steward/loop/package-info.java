/** Loops that manage: one pass at a time, on a thread that the host owns. */
@NullMarked
package dev.steward.loop;

import org.jspecify.annotations.NullMarked;
