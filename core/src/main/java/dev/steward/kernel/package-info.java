/**
 * What managers of many things have in common, whatever they manage: one reading of the clock a pass, turns for what is due or has changed,
 * and what is told of it. Not exported.
 */
@NullMarked
package dev.steward.kernel;

import org.jspecify.annotations.NullMarked;
