/** Tests of what managers of many things have in common. */
@NullMarked
package dev.steward.kernel;

import org.jspecify.annotations.NullMarked;
