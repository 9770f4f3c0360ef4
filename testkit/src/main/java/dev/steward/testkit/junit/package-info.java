/** A JUnit extension that hands simulations, feeds and fakes to tests, and says how to repeat a failure. */
@NullMarked
package dev.steward.testkit.junit;

import org.jspecify.annotations.NullMarked;
