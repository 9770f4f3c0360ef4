/** AssertJ assertions for feeds, steps, observers and instances. */
@NullMarked
package dev.steward.testkit.assertj;

import org.jspecify.annotations.NullMarked;
