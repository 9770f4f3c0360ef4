/** What operators should know: messages that last as long as their cause, and a bounded log of messages. */
@NullMarked
package dev.steward.notify;

import org.jspecify.annotations.NullMarked;
