/** Proves controllers: runs them on virtual time under every fault, checks what must hold, and tells what happened when it did not. */
@NullMarked
package dev.steward.testkit.proof;

import org.jspecify.annotations.NullMarked;
