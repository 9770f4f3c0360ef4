/** Records and leaders on ZooKeeper, through Curator: for hosts of more than one machine. */
@NullMarked
package dev.steward.curator;

import org.jspecify.annotations.NullMarked;
