/** Tests of the instance feature with the testkit: the fake driver, its contract, and the host manager over it. */
package dev.steward.testkit.instance;
