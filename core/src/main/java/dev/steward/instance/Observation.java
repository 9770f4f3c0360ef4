package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.event.Reason;
import java.time.Duration;
import java.util.List;

/** What a driver has seen of one life of one instance. Each is final as far as it goes; they come in the order of what happened. */
public sealed interface Observation {
    /** The instance, by the name in its spec or in the mark of a survivor. */
    String name();

    /** The life that it is about; news of an earlier one may come late. */
    Incarnation life();

    /**
     * It runs.
     *
     * @param pid of its first process, or, without that, of any other; more than zero
     * @param age for how long it has been running already; zero or more
     * @param led whether its first process is still there; what has lost that is not taken over by a manager that finds it
     */
    record Running(String name, Incarnation life, long pid, Duration age, boolean led) implements Observation {
        /** @throws IllegalArgumentException if the pid is not more than zero, or the age is negative */
        public Running {
            checkNotNull(name, "name");
            checkNotNull(life, "life");
            checkArgument(pid > 0, "pid %s of '%s'", pid, name);
            checkArgument(!age.isNegative(), "age %s of '%s'", age, name);
        }

        /** It has just begun to. */
        public Running(String name, Incarnation life, long pid) {
            this(name, life, pid, Duration.ZERO, true);
        }
    }

    /**
     * It uses this much memory; the answer to {@link InstanceDriver#measure}.
     *
     * @param memory bytes of all of its processes together; zero or more
     */
    record Measured(String name, Incarnation life, long memory) implements Observation {
        /** @throws IllegalArgumentException if the memory is negative */
        public Measured {
            checkNotNull(name, "name");
            checkNotNull(life, "life");
            checkArgument(memory >= 0, "memory %s of '%s'", memory, name);
        }
    }

    /**
     * Its first process has ended.
     *
     * @param exit how
     * @param lingering whether other processes of that life are still there; if so, a {@link Gone} follows when they are not
     * @param stderr the last complete lines that it wrote to its standard error, as far as the driver keeps them
     */
    record Exited(String name, Incarnation life, ExitStatus exit, boolean lingering, List<String> stderr)
            implements Observation {
        /** None is null. */
        public Exited {
            checkNotNull(name, "name");
            checkNotNull(life, "life");
            checkNotNull(exit, "exit");
            stderr = List.copyOf(stderr);
        }
    }

    /** Nothing of that life is left: not its first process, nor any that descends from it. */
    record Gone(String name, Incarnation life) implements Observation {
        /** Neither is null. */
        public Gone {
            checkNotNull(name, "name");
            checkNotNull(life, "life");
        }
    }

    /**
     * It could not be launched: nothing of that life has ever run.
     *
     * @param why with a code of {@link LaunchFailure}
     */
    record Refused(String name, Incarnation life, Reason why) implements Observation {
        /** @throws IllegalArgumentException if the code is of another kind */
        public Refused {
            checkNotNull(name, "name");
            checkNotNull(life, "life");
            checkArgument(why.code() instanceof LaunchFailure, "'%s' is not a launch failure", why.code());
        }
    }
}
