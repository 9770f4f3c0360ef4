/** One program looks after other state-machine nodes: sees where they are, asks them to go elsewhere, notices stalls and faults. */
@NullMarked
package dev.steward.node;

import org.jspecify.annotations.NullMarked;
