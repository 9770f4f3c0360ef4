package dev.steward.reconcile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the actions upon one thing have fared, and when the next may begin. Not safe for use by many threads. */
final class Trials<T> {
    private static final int MOST_HOPELESS = 16; // a name with an id in it is another one each time

    private int failures;
    private long notBefore;
    private boolean anotherMay; // begin at once, as the first that was refused for good leaves room for it
    private boolean unsure; // what became of an action
    private boolean renewed; // something has changed since the action that is under way began
    private Outcome.@Nullable Refused<T> refusal;
    private final Map<String, String> hopeless =
            new LinkedHashMap<>(); // the actions that were refused for good, and why
    private String done = ""; // the last action that was done, until something has come of it

    Trials(long now) {
        notBefore = now;
    }

    /** Whatever there was is over: nothing is wanted of it, or somebody asks for another try. */
    void forget(long now) {
        failures = 0;
        refusal = null;
        renewed = true;
        anotherMay = false;
        unsure = false;
        hopeless.clear();
        done = "";
        notBefore = now;
    }

    /** Nothing is wanted of it any more; what may still be done behind our back is. */
    void content(long now) {
        long wait = notBefore;
        boolean mayBeDone = unsure;
        forget(now);
        if (mayBeDone) {
            unsure = true;
            notBefore = wait;
        }
    }

    /** An action was under way whose outcome is nobody's any more: none begins before it would have been over. */
    void abandoned(long over) {
        unsure = true;
        notBefore = over;
    }

    /** An action begins. */
    void begun() {
        renewed = false;
    }

    /** An action was done; answers whether it is the same again, and what is seen has not changed by the one before. */
    boolean succeeded(String what, long now) {
        boolean inVain = what.equals(done);
        if (!inVain) {
            forget(now);
        }
        unsure = false;
        done = what;
        return inVain;
    }

    /** It is seen to be another: what was done was not in vain, and what was hopeless may not be any more. */
    void changed() {
        done = "";
        hopeful();
    }

    /** Something is different, so what was hopeless may not be any more; but it waits as what may be tried again does. */
    void hopeful() {
        renewed = true;
        anotherMay = false;
        hopeless.clear();
    }

    /** An action has not gone well; answers how many in a row, this one included. */
    int failed() {
        anotherMay = false;
        return ++failures;
    }

    /** Nobody knows what became of an action. */
    void unknown() {
        refusal = null;
        unsure = true;
    }

    /** An action was refused; answers whether that is for good: what has changed meanwhile may have made it another. */
    boolean refused(String what, Outcome.Refused<T> why) {
        refusal = why;
        unsure = false;
        if (why.retryable() || renewed) {
            return false;
        }
        anotherMay = hopeless.isEmpty();
        if (hopeless.size() == MOST_HOPELESS) {
            hopeless.remove(hopeless.keySet().iterator().next());
        }
        hopeless.put(what, why.reason());
        return true;
    }

    /** No action before then. */
    void notBefore(long at) {
        notBefore = at;
    }

    /** Whether it was refused for good. */
    boolean isHopeless(String what) {
        return hopeless.containsKey(what);
    }

    /** Why it was. */
    String whyHopeless(String what) {
        return hopeless.getOrDefault(what, "");
    }

    /** How long until an action may begin that is not hopeless; 0 for now. */
    long nanosToNext(long now) {
        return anotherMay ? 0 : Math.max(notBefore - now, 0);
    }

    /** Whether the last action may still be done behind our back, so that only what was seen after the wait for the next one counts. */
    boolean wantsLookSince(long seenAt) {
        return unsure && seenAt - notBefore < 0;
    }

    Optional<Outcome.Refused<T>> refusal() {
        return Optional.ofNullable(refusal);
    }

    int failures() {
        return failures;
    }
}
