/** Clocks that are handed in, points in time that survive a wrap of the clock, and delays that grow. */
@NullMarked
package dev.steward.time;

import org.jspecify.annotations.NullMarked;
