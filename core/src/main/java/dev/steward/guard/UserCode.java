package dev.steward.guard;

import static java.util.Objects.requireNonNull;

import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls into the user's states: at most one {@code main} or {@code run} a cycle, with the checks before it. While a call is under
 * way a stamp says so; its fields may be read by any thread, all else belongs to the pass.
 */
final class UserCode {
    /** What may be called. */
    enum Method {
        NEW("new"),
        CHECK("check"),
        MAIN("main"),
        RUN("run");

        final String word;

        Method(String word) {
            this.word = word;
        }
    }

    private final TimeSource time;
    private final long limitNanos;
    private volatile String state = "";
    private volatile long sinceNanos;
    private volatile @Nullable Method underWay;
    private Method last = Method.NEW;
    private @Nullable Throwable thrown;

    UserCode(TimeSource time, Duration limit) {
        this.time = time;
        this.limitNanos = TimeSource.saturatedNanos(limit);
    }

    /** Gives a visit its call; null if something was thrown. */
    @Nullable
    StateResult call(CurrentVisit visit, long now) {
        state = visit.state();
        sinceNanos = now;
        thrown = null;
        try {
            return callIn(visit);
        } catch (Throwable error) { // whatever users throw is held, also what they throw past the compiler
            thrown = error;
            return null;
        } finally {
            last = lastCalled();
            underWay = null;
        }
    }

    private StateResult callIn(CurrentVisit visit) {
        GuardState object = visit.object();
        if (object == null) {
            underWay = Method.NEW;
            object = requireNonNull(visit.declared().supplier().get(), "the supplier has made no state");
            visit.made(object);
        }
        boolean isFirst = visit.beginCall();
        for (StateCheck check : visit.declared().checks()) {
            underWay = Method.CHECK;
            Optional<StateResult> answer = requireNonNull(check.before(visit), "the check has answered null");
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        underWay = isFirst ? Method.MAIN : Method.RUN;
        return requireNonNull(isFirst ? object.main(visit) : object.run(visit), "the answer is null");
    }

    private Method lastCalled() {
        Method method = underWay;
        return method == null ? Method.NEW : method;
    }

    /** What the last call threw. */
    Throwable thrown() {
        return requireNonNull(thrown);
    }

    /** The method that was called last. */
    String lastMethod() {
        return last.word;
    }

    /** The method that is being called, for the lines that it logs. */
    String method() {
        return lastCalled().word;
    }

    /** What to say of a call that has lasted longer than its limit; from any thread. */
    Optional<String> overdue() {
        return lasting(limitNanos)
                .map(call -> call.method() + " of " + call.state() + " has not returned since " + call.since());
    }

    /** The call under way, from any thread. */
    Optional<GuardNode.Call> underWay() {
        return lasting(0);
    }

    /** The call under way, if it has lasted so long: what is said of it is all of one call, though the next may begin meanwhile. */
    private Optional<GuardNode.Call> lasting(long least) {
        while (true) {
            Method method = underWay;
            String where = state;
            long since = sinceNanos;
            if (method == null) {
                return Optional.empty();
            }
            long age = Math.max(time.nanos() - since, 0);
            if (method == underWay && where.equals(state) && since == sinceNanos) {
                return age < least
                        ? Optional.empty()
                        : Optional.of(new GuardNode.Call(
                                where, method.word, time.now().minusNanos(age)));
            }
        }
    }
}
