/** The programs that the examples look after: ordinary ones that know nothing of Steward. */
@NullMarked
package dev.steward.examples.programs;

import org.jspecify.annotations.NullMarked;
