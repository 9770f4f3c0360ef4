package dev.steward.process;

import dev.steward.instance.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends signals to processes that have just been seen to belong to a life, many with one {@code kill}: a group as a whole, so that nothing
 * it starts meanwhile escapes, and one by one what has left the group. Belongs to the driver's thread.
 */
final class Signaller {
    private static final Logger log = LoggerFactory.getLogger(Signaller.class);
    private static final int MOST_TARGETS = 1000;
    private static final String CONTINUE = "CONT";

    private final Tools tools;
    private final ProcFs procfs;

    Signaller(Tools tools, ProcFs procfs) {
        this.tools = tools;
        this.procfs = procfs;
    }

    /** One life and those of its processes that were seen alive just now. */
    record Target(Life life, List<ProcessTable.Member> members) {}

    /** Sends a signal to all of them. */
    void send(Signal signal, Collection<Target> targets) {
        send(signal.name(), targets);
    }

    /** Lets those that were stopped go on, so that they see what they were told. */
    void wake(Collection<Target> targets) {
        send(CONTINUE, targets);
    }

    private void send(String signal, Collection<Target> targets) {
        var addressees = new LinkedHashMap<Integer, List<ProcessTable.Member>>();
        for (Target target : targets) {
            for (ProcessTable.Member member : target.members()) {
                addressees
                        .computeIfAbsent(number(target.life(), member), number -> new ArrayList<>(1))
                        .add(member);
            }
        }
        send(signal, addressees);
        Map<Integer, List<ProcessTable.Member>> missed = missed(targets);
        if (!missed.isEmpty()) {
            send(signal, missed);
        }
    }

    /** Those that left their group between the look and the signal to it, as a daemon does when it begins. */
    private Map<Integer, List<ProcessTable.Member>> missed(Collection<Target> targets) {
        var missed = new LinkedHashMap<Integer, List<ProcessTable.Member>>();
        for (Target target : targets) {
            for (ProcessTable.Member member : target.members()) {
                if (number(target.life(), member) < 0) {
                    ProcStat now = seenAgain(member);
                    if (now != null && now.group() != target.life().group()) {
                        missed.put(now.pid(), List.of(member));
                    }
                }
            }
        }
        return missed;
    }

    /** What is seen of it now; null if it has ended, also if another has its number since. */
    private @Nullable ProcStat seenAgain(ProcessTable.Member member) {
        ProcStat now = procfs.stat(member.identity().pid());
        boolean same = now != null && !now.isDead() && member.identity().matches(now, procfs.boot());
        return same ? now : null;
    }

    private void send(String signal, Map<Integer, List<ProcessTable.Member>> addressees) {
        List<Integer> all = List.copyOf(addressees.keySet());
        for (int from = 0; from < all.size(); from += MOST_TARGETS) {
            List<Integer> some = all.subList(from, Math.min(all.size(), from + MOST_TARGETS));
            try {
                tools.kill(signal, some);
            } catch (IOException | OutOfMemoryError exhausted) {
                log.atWarn().addKeyValue("signal", signal).log("kill cannot be started: {}", exhausted.toString());
                some.forEach(number -> withoutTool(signal, addressees.getOrDefault(number, List.of())));
            }
        }
    }

    /** A group may be signalled while a member of it is seen: the kernel gives its number to nobody else before the last one is gone. */
    private static int number(Life life, ProcessTable.Member member) {
        boolean inGroup = life.groupIsOurs() && member.stat().group() == life.group();
        return inGroup ? -life.group() : member.identity().pid();
    }

    /**
     * The JDK itself can send two signals, to single processes; better than nothing when no process can be started. That may have taken a
     * while to turn out, so each process is looked at again.
     */
    private void withoutTool(String signal, List<ProcessTable.Member> members) {
        if (signal.equals(Signal.TERM.name()) || signal.equals(Signal.KILL.name())) {
            members.forEach(member -> end(member, signal.equals(Signal.KILL.name())));
        }
    }

    /** The handle comes before the look: it refuses a process that gets the number after that. */
    private void end(ProcessTable.Member member, boolean forcibly) {
        ProcessHandle handle = ProcessHandle.of(member.identity().pid()).orElse(null);
        if (handle != null && seenAgain(member) != null) {
            end(handle, forcibly);
        }
    }

    private static void end(ProcessHandle handle, boolean forcibly) {
        if (forcibly) {
            handle.destroyForcibly();
        } else {
            handle.destroy();
        }
    }
}
