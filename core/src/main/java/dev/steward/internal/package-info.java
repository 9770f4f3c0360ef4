/** What several packages of core share and nobody outside sees; steps are nanoseconds here, and wake-ups are {@code Runnable}s. */
@NullMarked
package dev.steward.internal;

import org.jspecify.annotations.NullMarked;
