/** Keeps core's package walls and its few prohibitions; see {@code docs/architecture.md}. */
@NullMarked
package dev.steward.architecture;

import org.jspecify.annotations.NullMarked;
