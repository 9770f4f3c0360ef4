/** What only one process may do: who should try, who has won, and work whose every step is judged by the store. */
@NullMarked
package dev.steward.lead;

import org.jspecify.annotations.NullMarked;
