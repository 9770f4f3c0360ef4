/** Tests of the instances' pure parts, and the replays of their recordings. */
@NullMarked
package dev.steward.instance;

import org.jspecify.annotations.NullMarked;
