/** What happened to things that have states: events on one feed, in one order, for everybody who waits or watches. */
@NullMarked
package dev.steward.event;

import org.jspecify.annotations.NullMarked;
