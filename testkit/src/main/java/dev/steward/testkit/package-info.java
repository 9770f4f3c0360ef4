/** Simulation on virtual time, planned faults, and recorders of what happened. */
@NullMarked
package dev.steward.testkit;

import org.jspecify.annotations.NullMarked;
