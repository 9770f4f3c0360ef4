/** Small controllers with one classic mistake each, which a proof finds, and their twins without it, which it leaves alone. */
@NullMarked
package dev.steward.testkit.proof.gallery;

import org.jspecify.annotations.NullMarked;
