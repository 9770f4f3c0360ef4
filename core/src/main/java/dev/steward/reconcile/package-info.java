/**
 * A controller of your own: extend {@link dev.steward.reconcile.Reconciler}, and let a {@link dev.steward.reconcile.ReconcileLoop} do what every
 * controller needs.
 */
@NullMarked
package dev.steward.reconcile;

import org.jspecify.annotations.NullMarked;
