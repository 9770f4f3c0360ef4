/** What proves controllers, and what tells of their failures. */
@NullMarked
package dev.steward.testkit.proof;

import org.jspecify.annotations.NullMarked;
