package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

/**
 * One entry of a site configuration: a program, and how it is to be looked after. Immutable.
 *
 * @param name the instance id: unique on its host; 1 to 200 printable characters without {@code /}, and not {@code all}
 * @param agentClass what kind of program it is, for people; not empty
 * @param management {@link Management#HOST} or {@link Management#DOCKER}
 * @param start the target it starts with: up or down
 * @param launch what to run
 * @param stop how to stop it
 */
public record InstanceSpec(
        String name, String agentClass, Management management, TargetState start, LaunchSpec launch, StopPlan stop) {
    private static final int LONGEST_NAME = 200;

    /** @throws IllegalArgumentException if the name or class is not as said, the management is retired, or the start target is passive */
    public InstanceSpec {
        checkArgument(isName(name), "not an instance id: '%s'", name);
        checkArgument(!agentClass.isEmpty(), "instance '%s' has no class", name);
        checkArgument(management != Management.RETIRED, "instance '%s' cannot be configured as retired", name);
        checkArgument(start != TargetState.PASSIVE, "instance '%s' cannot start passive", name);
        checkNotNull(launch, "launch");
        checkNotNull(stop, "stop");
    }

    /** A process of this host that starts up, is stopped in the standard way, and whose class is the name of its program. */
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
                StopPlan.standard());
    }

    /** The class and the id: what people call it. */
    public String fullName() {
        return agentClass + ":" + name;
    }

    /** The same of another class. */
    public InstanceSpec withAgentClass(String other) {
        return new InstanceSpec(name, other, management, start, launch, stop);
    }

    /** The same managed in another way. */
    public InstanceSpec withManagement(Management other) {
        return new InstanceSpec(name, agentClass, other, start, launch, stop);
    }

    /** The same with another target to start with. */
    public InstanceSpec withStart(TargetState other) {
        return new InstanceSpec(name, agentClass, management, other, launch, stop);
    }

    /** The same with something else to run. */
    public InstanceSpec withLaunch(LaunchSpec other) {
        return new InstanceSpec(name, agentClass, management, start, other, stop);
    }

    /** The same stopped in another way. */
    public InstanceSpec withStop(StopPlan other) {
        return new InstanceSpec(name, agentClass, management, start, launch, other);
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
