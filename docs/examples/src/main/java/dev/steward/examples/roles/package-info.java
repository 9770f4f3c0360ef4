/** Two processes, of which one at a time does the work: the other takes over when that one dies. */
@NullMarked
package dev.steward.examples.roles;

import org.jspecify.annotations.NullMarked;
