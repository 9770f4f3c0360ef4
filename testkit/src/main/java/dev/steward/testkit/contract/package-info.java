/** The contracts of the SPIs, as tests that every implementation extends. */
@NullMarked
package dev.steward.testkit.contract;

import org.jspecify.annotations.NullMarked;
