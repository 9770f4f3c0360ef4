/** Tests of the project as a whole: its pages, its comments, and a host project built from what was packaged. */
@NullMarked
package dev.steward.docs;

import org.jspecify.annotations.NullMarked;
