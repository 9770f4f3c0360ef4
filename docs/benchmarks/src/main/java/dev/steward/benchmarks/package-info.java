/** Measures the library against its peers, each pair in the same run. */
@NullMarked
package dev.steward.benchmarks;

import org.jspecify.annotations.NullMarked;
