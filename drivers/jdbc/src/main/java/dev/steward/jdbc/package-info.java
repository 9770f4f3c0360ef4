/** Record stores on a database. */
@NullMarked
package dev.steward.jdbc;

import org.jspecify.annotations.NullMarked;
