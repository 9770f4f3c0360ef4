/** Tests of elected roles with the testkit: the contract of elections, wrong elections, the fake one, and simulations of leaders. */
@org.jspecify.annotations.NullMarked
package dev.steward.testkit.lead;
