/** Host applications that show how Steward is used; every one of them runs in the tests. */
@NullMarked
package dev.steward.examples;

import org.jspecify.annotations.NullMarked;
