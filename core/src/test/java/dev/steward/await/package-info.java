/** Tests of the waits, and the replay of their recordings. */
package dev.steward.await;
