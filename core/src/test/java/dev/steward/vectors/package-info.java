/** Reads the recordings that the replays (classes named {@code …VectorsTest}) are made of, here and in the modules above. */
@NullMarked
package dev.steward.vectors;

import org.jspecify.annotations.NullMarked;
