/** Instances as processes of this host: launched, watched, signalled with all that descends from them, and found again. Linux only. */
@NullMarked
package dev.steward.process;

import org.jspecify.annotations.NullMarked;
