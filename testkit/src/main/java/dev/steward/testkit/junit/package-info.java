/** A JUnit extension that hands simulations, feeds and fakes to tests, and tells how to repeat a failure and draws what led to it. */
@NullMarked
package dev.steward.testkit.junit;

import org.jspecify.annotations.NullMarked;
