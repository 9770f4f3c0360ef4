package dev.steward.guard;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node has to say to operators: the trouble that the runtime sees, for as long as it lasts, and what the last cycle of the user's
 * code has raised. Not safe for use by many threads.
 */
final class Notices {
    /** So many messages of one cycle are shown. */
    static final int MOST = 100;

    private final Map<String, String> troubles = new LinkedHashMap<>();
    private final List<String> raised = new ArrayList<>();
    private List<String> shownRaised = List.of();
    private List<String> all = List.of();
    private boolean troublesChanged;

    /** Says that something is wrong until that is cleared; answers whether it is news. */
    boolean trouble(String key, String text) {
        boolean news = !text.equals(troubles.put(key, text));
        troublesChanged |= news;
        return news;
    }

    /** What was wrong is over. */
    void clear(String key) {
        troublesChanged |= troubles.remove(key) != null;
    }

    /** A cycle begins, which raises anew what is to be seen. */
    void beginCycle() {
        raised.clear();
    }

    /** The user's code raises a message; once more in one cycle changes nothing. */
    void raise(String text) {
        if (raised.size() < MOST && !raised.contains(text)) {
            raised.add(text);
        }
    }

    /** All of it, what the runtime sees first; the same object as before if nothing has changed. */
    List<String> all() {
        boolean raisedChanged = !(raised.isEmpty() && shownRaised.isEmpty()) && !raised.equals(shownRaised);
        if (raisedChanged) {
            shownRaised = List.copyOf(raised);
        }
        if (raisedChanged || troublesChanged) {
            troublesChanged = false;
            all = ImmutableList.<String>builder()
                    .addAll(troubles.values())
                    .addAll(shownRaised)
                    .build();
        }
        return all;
    }
}
