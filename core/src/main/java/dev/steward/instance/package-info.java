/** Programs of one host that are kept in the state they are wanted in: the manager, what it shows, and what starts and stops for it. */
@NullMarked
package dev.steward.instance;

import org.jspecify.annotations.NullMarked;
