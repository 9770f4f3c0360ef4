/** Tests of the stores with the testkit: their contract, wrong stores, and the fake one with its faults. */
@org.jspecify.annotations.NullMarked
package dev.steward.testkit.store;
