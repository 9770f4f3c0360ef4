/** Wrong on purpose: each class breaks a rule, so that the rules are seen to fail. */
@NullMarked
package dev.steward.architecture.planted;

import org.jspecify.annotations.NullMarked;
