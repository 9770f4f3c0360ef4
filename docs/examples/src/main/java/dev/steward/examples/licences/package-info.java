/** A controller of one's own: keeps one licence leased from a server that is slow and unreliable. */
@NullMarked
package dev.steward.examples.licences;

import org.jspecify.annotations.NullMarked;
