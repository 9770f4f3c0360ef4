/** Waiting for many named things to go through states, without polling and without missing one. */
@NullMarked
package dev.steward.await;

import org.jspecify.annotations.NullMarked;
