package dev.steward.guard;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.time.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A visit while it lasts: the state's object, its timers, and whether its {@code main} was called. Not safe for use by many threads. */
final class CurrentVisit implements Visit {
    private final Machine machine;
    private final Map<String, Deadline> timers = new HashMap<>();
    private Declared declared;
    private @Nullable GuardState object;
    private boolean hasBegun;
    private boolean isOver;

    CurrentVisit(Machine machine, Declared declared) {
        this.machine = machine;
        this.declared = declared;
    }

    Declared declared() {
        return declared;
    }

    @Nullable
    GuardState object() {
        return object;
    }

    void made(GuardState state) {
        object = state;
    }

    /** Whether {@code main} is still to be called. */
    boolean isFresh() {
        return !hasBegun;
    }

    /** The call is made now; answers whether it is {@code main}. */
    boolean beginCall() {
        boolean first = !hasBegun;
        hasBegun = true;
        return first;
    }

    /** From the next call on the state is another; its object too, if that is made in another way now. */
    void reload(Declared other) {
        if (other.supplier() != declared.supplier()) {
            object = null;
        }
        declared = other;
    }

    void end() {
        isOver = true;
    }

    private void checkLasts() {
        checkState(!isOver, "the visit of %s is over", declared.name());
    }

    @Override
    public String node() {
        return machine.node();
    }

    @Override
    public String system() {
        return machine.system().name();
    }

    @Override
    public String state() {
        return declared.name();
    }

    @Override
    public String request() {
        return machine.records().request;
    }

    @Override
    public void startTimer(String name, Duration delay) {
        checkLasts();
        timers.put(checkNotNull(name, "name"), Deadline.after(machine.now(), delay));
    }

    @Override
    public boolean hasRunOut(String name) {
        checkLasts();
        Deadline deadline = timers.get(name);
        checkArgument(deadline != null, "no timer '%s' in this visit of %s", name, declared.name());
        return deadline.isDue(machine.now());
    }

    @Override
    public void notify(String message) {
        checkLasts();
        checkArgument(!message.isEmpty(), "an empty message");
        machine.notices().raise(message);
    }

    @Override
    public void log(String message) {
        checkLasts();
        machine.log(checkNotNull(message, "message"));
    }
}
