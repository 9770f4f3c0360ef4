/** Tests of controllers of one's own. */
@NullMarked
package dev.steward.reconcile;

import org.jspecify.annotations.NullMarked;
