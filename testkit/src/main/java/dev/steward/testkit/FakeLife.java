package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkState;

import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One life of an instance on a {@link FakeHost}, as it really was, whatever a manager has been told of it: one start, and one exit when
 * it is over. A view that follows; times are since the start of the simulation.
 *
 * <p><b>Threads.</b> Not safe for use by many threads.
 */
public final class FakeLife {
    final FakeProgram program;
    final FakeProcess leader;
    final List<FakeProcess> members = new ArrayList<>(); // the leader first; zombies as well

    @Nullable
    FakeInstanceDriver parent;

    /** How many lines its instance had written to its standard error before. */
    long errorsFrom;

    private final String name;
    private final String owner;
    private final Incarnation life;
    private @Nullable ExitStatus exit;
    private @Nullable Duration exited;
    private @Nullable Duration gone;

    FakeLife(String name, String owner, Incarnation life, FakeProgram program, FakeProcess leader) {
        this.name = name;
        this.owner = owner;
        this.life = life;
        this.program = program;
        this.leader = leader;
        members.add(leader);
    }

    /** The instance. */
    public String name() {
        return name;
    }

    /** The mark of the manager that launched it. */
    public String owner() {
        return owner;
    }

    /** What its manager calls it. */
    public Incarnation life() {
        return life;
    }

    /** Of its first process; another life may have it when this one is over. */
    public long pid() {
        return leader.pid;
    }

    /** When its first process began. */
    public Duration started() {
        return Duration.ofNanos(leader.startedNanos);
    }

    /** How its first process ended, if it has. */
    public Optional<ExitStatus> exit() {
        return Optional.ofNullable(exit);
    }

    /** When its first process ended, if it has. */
    public Optional<Duration> exited() {
        return Optional.ofNullable(exited);
    }

    /** When its last process ended, if all have. */
    public Optional<Duration> gone() {
        return Optional.ofNullable(gone);
    }

    /** Whether any process of it is left; zombies do not count. */
    public boolean isAlive() {
        return gone == null;
    }

    /** A process of it that lives, the oldest one. */
    Optional<FakeProcess> oldest() {
        return members.stream().filter(FakeProcess::lives).findFirst();
    }

    void hasExited(ExitStatus how, Duration when) {
        checkState(exit == null, "%s has ended twice", this);
        exit = how;
        exited = when;
    }

    void isGone(Duration when) {
        checkState(gone == null, "%s is gone twice", this);
        gone = when;
    }

    @Override
    public String toString() {
        String end = exited == null
                ? ""
                : ", " + exit + " at " + Trace.seconds(exited.toNanos())
                        + (gone == null
                                ? ", lingering"
                                : gone.equals(exited) ? "" : ", gone at " + Trace.seconds(gone.toNanos()));
        return name + " [life " + life.id() + ", pid " + leader.pid + ", started at "
                + Trace.seconds(leader.startedNanos) + end + "]";
    }
}
