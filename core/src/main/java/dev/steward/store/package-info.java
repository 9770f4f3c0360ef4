/** Versioned records that outlive a process: one small contract for every store, and one copy of it in each process that follows. */
@NullMarked
package dev.steward.store;

import org.jspecify.annotations.NullMarked;
