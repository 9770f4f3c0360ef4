/** Tests and proof of the keeper of licences. */
@NullMarked
package dev.steward.examples.licences;

import org.jspecify.annotations.NullMarked;
