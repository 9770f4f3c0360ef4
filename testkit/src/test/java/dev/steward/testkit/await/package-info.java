/** Tests of the waits with the testkit: the contract of a loop. */
package dev.steward.testkit.await;
