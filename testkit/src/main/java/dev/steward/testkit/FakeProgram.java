package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.math.LongMath;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.Signal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the program of an instance does on a {@link FakeHost}: how it starts, ends, and takes signals, what it writes and how much memory
 * it uses.
 *
 * <p>One that nobody has said anything about starts at once, runs for ever in 1 MiB, writes nothing, and ends at the first signal, as most
 * programs do. What is said here holds for the lives that begin afterwards.
 *
 * <p><b>Threads.</b> Not safe for use by many threads.
 */
public final class FakeProgram {
    private static final long SOME_MEMORY = 1 << 20;

    Duration startsIn = Duration.ZERO;

    @Nullable
    Duration exitsAfter;

    int exitCode;
    Duration stopsIn = Duration.ZERO;

    @Nullable
    ExitStatus stopsWith;

    Set<Signal> ignored = EnumSet.noneOf(Signal.class);
    boolean leavesChild;

    @Nullable
    Duration childEndsAfter;

    Set<Signal> ignoredByChild = EnumSet.noneOf(Signal.class);
    boolean leavesZombie;
    List<String> greeting = List.of();
    List<String> farewell = List.of();
    List<String> complaint = List.of();
    private long memory = SOME_MEMORY;
    private long leak;

    @Nullable
    LaunchFailure refusal;

    int refusals;

    FakeProgram() {}

    /** How long after the order the launch is answered; the process is there before. At first zero. */
    public FakeProgram startsIn(Duration delay) {
        startsIn = notNegative(delay);
        return this;
    }

    /** Each life ends by itself, so long after it began, with this code. */
    public FakeProgram exitsAfter(Duration length, int code) {
        checkArgument(code >= 0 && code <= 255, "not an exit code: %s", code);
        exitsAfter = notNegative(length);
        exitCode = code;
        return this;
    }

    /** No life ends by itself. */
    public FakeProgram runsForEver() {
        exitsAfter = null;
        return this;
    }

    /** How long it takes from a signal that it heeds to its end; {@link Signal#KILL} works at once. At first zero. */
    public FakeProgram stopsIn(Duration delay) {
        stopsIn = notNegative(delay);
        return this;
    }

    /** It ends with this code at a signal that it heeds, {@link Signal#KILL} excepted; at first, with 128 and the number of the signal. */
    public FakeProgram stopsWith(int code) {
        stopsWith = ExitStatus.of(code);
        return this;
    }

    /** It takes no notice of these signals, and heeds all others; if {@link Signal#KILL} is among them, it hangs in the kernel. */
    public FakeProgram ignores(Signal... signals) {
        ignored = signals(signals);
        return this;
    }

    /** It has a child that outlives it until a signal ends it, one that is not among {@code ignored}. */
    public FakeProgram leavesChild(Signal... ignored) {
        leavesChild = true;
        childEndsAfter = null;
        ignoredByChild = signals(ignored);
        return this;
    }

    /** It has a child that outlives it by so long if no signal ends it before. */
    public FakeProgram leavesChildFor(Duration length) {
        leavesChild();
        childEndsAfter = notNegative(length);
        return this;
    }

    /** It leaves no child. */
    public FakeProgram leavesNothing() {
        leavesChild = false;
        leavesZombie = false;
        return this;
    }

    /** It has a child that has ended and that it never reaps: nothing but a pid that is taken as long as it lives itself. */
    public FakeProgram leavesZombie() {
        leavesZombie = true;
        return this;
    }

    /** What it writes to its standard output when it begins. */
    public FakeProgram writes(String... lines) {
        greeting = List.of(lines);
        return this;
    }

    /** What it writes to its standard output when it heeds a signal, {@link Signal#KILL} excepted. */
    public FakeProgram signsOff(String... lines) {
        farewell = List.of(lines);
        return this;
    }

    /** What it writes to its standard error when it ends, however it does. */
    public FakeProgram complains(String... lines) {
        complaint = List.of(lines);
        return this;
    }

    /** How many bytes all of its processes use together when it begins. At first 1 MiB. */
    public FakeProgram usesMemory(long bytes) {
        checkArgument(bytes >= 0, "%s bytes of memory", bytes);
        memory = bytes;
        return this;
    }

    /** How many bytes more it uses after every whole second. At first none. */
    public FakeProgram leaks(long bytesPerSecond) {
        checkArgument(bytesPerSecond >= 0, "a leak of %s bytes per second", bytesPerSecond);
        leak = bytesPerSecond;
        return this;
    }

    /** It cannot be launched, until {@link #launches} is said. */
    public FakeProgram refuses(LaunchFailure why) {
        return refuses(why, Integer.MAX_VALUE);
    }

    /** It cannot be launched the next {@code times} times. */
    public FakeProgram refuses(LaunchFailure why, int times) {
        checkArgument(times > 0, "refused %s times", times);
        refusal = checkNotNull(why, "why");
        refusals = times;
        return this;
    }

    /** It can be launched. */
    public FakeProgram launches() {
        refusals = 0;
        return this;
    }

    /** It is again as one that nobody has said anything about. */
    public FakeProgram behaves() {
        launches().runsForEver().leavesNothing().ignores();
        writes().signsOff().complains().usesMemory(SOME_MEMORY).leaks(0);
        startsIn = Duration.ZERO;
        stopsIn = Duration.ZERO;
        stopsWith = null;
        return this;
    }

    /** How many bytes it uses at this age. */
    long memoryAt(Duration age) {
        return LongMath.saturatedAdd(memory, LongMath.saturatedMultiply(leak, age.toSeconds()));
    }

    /** Why the launch that is under way is refused, or null if it is not. */
    @Nullable
    LaunchFailure takeRefusal() {
        if (refusals == 0) {
            return null;
        }
        refusals -= refusals == Integer.MAX_VALUE ? 0 : 1;
        return refusal;
    }

    /** The same for one life, whatever is said afterwards. */
    FakeProgram copy() {
        FakeProgram copy = new FakeProgram();
        copy.startsIn = startsIn;
        copy.exitsAfter = exitsAfter;
        copy.exitCode = exitCode;
        copy.stopsIn = stopsIn;
        copy.stopsWith = stopsWith;
        copy.ignored = ignored;
        copy.leavesChild = leavesChild;
        copy.childEndsAfter = childEndsAfter;
        copy.ignoredByChild = ignoredByChild;
        copy.leavesZombie = leavesZombie;
        copy.greeting = greeting;
        copy.farewell = farewell;
        copy.complaint = complaint;
        copy.memory = memory;
        copy.leak = leak;
        return copy;
    }

    private static Duration notNegative(Duration length) {
        checkArgument(!length.isNegative(), "time cannot pass backwards: %s", length);
        return length;
    }

    private static Set<Signal> signals(Signal... signals) {
        Set<Signal> set = EnumSet.noneOf(Signal.class);
        set.addAll(Arrays.asList(signals));
        return set;
    }
}
