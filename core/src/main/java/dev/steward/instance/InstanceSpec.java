package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.List;

/**
 * One entry of a site configuration: a program, and how it is to be looked after. Immutable.
 *
 * @param name the instance id: unique on its host; 1 to 200 printable characters without {@code /}, and not {@code all}
 * @param agentClass what kind of program it is, for people; not empty
 * @param management {@link Management#HOST} or {@link Management#DOCKER}
 * @param start the target it starts with: up or down
 * @param launch what to run
 * @param startup how long a start may take, and which others come first
 * @param stop how to stop it
 * @param restart what happens when it has ended
 * @param health how to find out whether it is well
 */
public record InstanceSpec(
        String name,
        String agentClass,
        Management management,
        TargetState start,
        LaunchSpec launch,
        StartPlan startup,
        StopPlan stop,
        RestartPolicy restart,
        Health health) {
    private static final int LONGEST_NAME = 200;

    /** @throws IllegalArgumentException if the name or class is not as said, the management is retired, or the start target is passive */
    public InstanceSpec {
        checkArgument(isName(name), "not an instance id: '%s'", name);
        checkArgument(!agentClass.isEmpty(), "instance '%s' has no class", name);
        checkArgument(management != Management.RETIRED, "instance '%s' cannot be configured as retired", name);
        checkArgument(start != TargetState.PASSIVE, "instance '%s' cannot start passive", name);
        checkNotNull(launch, "launch");
        checkNotNull(startup, "startup");
        checkNotNull(stop, "stop");
        checkNotNull(restart, "restart");
        checkNotNull(health, "health");
    }

    /**
     * A process of this host that starts up, after nobody, is stopped and restarted in the standard way, and asked by no probe; its class is
     * the name of its program.
     */
    public static InstanceSpec of(String name, String... argv) {
        LaunchSpec launch = LaunchSpec.of(argv);
        String program = launch.argv().get(0);
        String simple = program.substring(program.lastIndexOf('/') + 1);
        return new InstanceSpec(
                name,
                simple.isEmpty() ? program : simple,
                Management.HOST,
                TargetState.UP,
                launch,
                StartPlan.standard(),
                StopPlan.standard(),
                RestartPolicy.standard(),
                Health.unprobed());
    }

    /** The class and the id: what people call it. */
    public String fullName() {
        return agentClass + ":" + name;
    }

    /** The same of another class. */
    public InstanceSpec withAgentClass(String other) {
        return new InstanceSpec(name, other, management, start, launch, startup, stop, restart, health);
    }

    /** The same managed in another way. */
    public InstanceSpec withManagement(Management other) {
        return new InstanceSpec(name, agentClass, other, start, launch, startup, stop, restart, health);
    }

    /** The same with another target to start with. */
    public InstanceSpec withStart(TargetState other) {
        return new InstanceSpec(name, agentClass, management, other, launch, startup, stop, restart, health);
    }

    /** The same with something else to run. */
    public InstanceSpec withLaunch(LaunchSpec other) {
        return new InstanceSpec(name, agentClass, management, start, other, startup, stop, restart, health);
    }

    /** The same started in another way. */
    public InstanceSpec withStartup(StartPlan other) {
        return new InstanceSpec(name, agentClass, management, start, launch, other, stop, restart, health);
    }

    /** The same started once these are up, and stopped before them. */
    public InstanceSpec after(String... names) {
        return withStartup(startup.withAfter(List.of(names)));
    }

    /** The same stopped in another way. */
    public InstanceSpec withStop(StopPlan other) {
        return new InstanceSpec(name, agentClass, management, start, launch, startup, other, restart, health);
    }

    /** The same restarted in another way. */
    public InstanceSpec withRestart(RestartPolicy other) {
        return new InstanceSpec(name, agentClass, management, start, launch, startup, stop, other, health);
    }

    /** The same asked by other probes. */
    public InstanceSpec withHealth(Health other) {
        return new InstanceSpec(name, agentClass, management, start, launch, startup, stop, restart, other);
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && !name.equals("all")
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().allMatch(c -> c > ' ' && c != '/' && c != 0x7f);
    }
}
