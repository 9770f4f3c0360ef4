package dev.steward.process;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.Signal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All lives of one owner: carries out the orders, and turns what is seen into news. A process that is simply up costs one field that is read
 * now and then; processes are looked for only when a first process ends, while others of its life linger, and to be signalled or counted.
 * Belongs to the driver's thread.
 */
final class Lives implements DriverThread.Chores {
    private static final Logger log = LoggerFactory.getLogger(Lives.class);

    /**
     * What the lives are made of, and where news go.
     *
     * @param exited called from any thread when a first process has ended, perhaps late
     */
    record Parts(
            ProcFs procfs,
            ProcessTable table,
            Spawner spawner,
            Signaller signaller,
            OutputFolder outputs,
            DriverEvents events,
            Runnable exited) {}

    private final Parts parts;
    private final int exitLines;
    private final Pace pace;
    private final Map<Incarnation, Life> lives = new LinkedHashMap<>();
    private final Set<Incarnation> lingering = new LinkedHashSet<>();
    private final Set<Incarnation> toSignal = new LinkedHashSet<>();
    private @Nullable Signal signal;
    private boolean blind;

    Lives(Parts parts, Duration sweep, int exitLines) {
        this.parts = parts;
        this.exitLines = exitLines;
        this.pace = new Pace(sweep);
    }

    /** Carries out an order. */
    void launch(InstanceSpec spec, Incarnation incarnation) {
        settle();
        if (lives.containsKey(incarnation)) {
            log.atError().addKeyValue("instance", spec.name()).log("life {} is launched twice", incarnation.id());
            return;
        }
        long errorsFrom = parts.outputs().size(parts.outputs().file(spec.name(), Output.STDERR));
        try {
            Process process = parts.spawner().start(spec, incarnation);
            var leader = new Leader.Child(identify(process), process);
            Mask mask = spec.launch().secrets().isEmpty()
                    ? Mask.NONE
                    : Mask.of(spec.launch().secrets().values());
            var life = new Life(spec.name(), incarnation, leader, (int) process.pid(), errorsFrom, mask);
            begin(life);
            running(life, process.pid());
            var unused = process.onExit().thenRun(parts.exited());
        } catch (LaunchRefused refused) {
            Life stray = refused.isDoubtful() ? find(incarnation) : null;
            if (stray != null) {
                running(stray, stray.leader().identity().pid());
            } else {
                parts.events().observed(new Observation.Refused(spec.name(), incarnation, refused.reason()));
            }
        }
    }

    private @Nullable Life find(Incarnation incarnation) {
        return adopt(incarnation, parts.table().lookAtAll().getOrDefault(incarnation, List.of()));
    }

    /** Carries out an order, together with others of the same signal that follow it at once. */
    void signal(Incarnation incarnation, Signal wanted) {
        if (signal != null && signal != wanted) {
            settle();
        }
        signal = wanted;
        toSignal.add(incarnation);
    }

    /** Looks at everything, and tells. */
    void look(long ticket) {
        settle();
        sweep();
        census(ticket);
    }

    @Override
    public void close() {
        lives.values().forEach(life -> life.leader().close());
        lives.clear();
    }

    @Override
    public long idleNanos() {
        return lives.isEmpty() ? Long.MAX_VALUE : pace.remainingNanos();
    }

    /** Sends signals that wait, and sweeps if it is time to. */
    @Override
    public void settle() {
        flush();
        if (!lives.isEmpty() && pace.isDue()) {
            sweep();
        }
    }

    /** Looks at those that are not simply up, and finds those that have ended. */
    @Override
    public void sweep() {
        flush();
        try {
            lookAround();
            noTrouble();
        } catch (UncheckedIOException unseen) {
            trouble(unseen);
        }
        pace.looked();
    }

    private void lookAround() {
        var ended = new ArrayList<Life>();
        for (Life life : lives.values()) {
            if (!life.hasEnded() && life.leader().hasEnded()) {
                ended.add(life);
            }
        }
        if (!ended.isEmpty() || !lingering.isEmpty()) {
            tell(ended);
        }
    }

    private void tell(List<Life> ended) {
        var wanted = new HashSet<>(lingering);
        ended.forEach(life -> wanted.add(life.incarnation()));
        Map<Incarnation, List<ProcessTable.Member>> members = parts.table().look(wanted);
        for (Incarnation incarnation : List.copyOf(lingering)) {
            if (!members.containsKey(incarnation)) {
                Life life = forget(incarnation);
                parts.events().observed(new Observation.Gone(life.name(), incarnation));
            }
        }
        for (Life life : ended) {
            boolean stays = members.containsKey(life.incarnation());
            List<String> stderr = stderr(life);
            var news = new Observation.Exited(
                    life.name(), life.incarnation(), life.leader().exit(), stays, stderr);
            if (stays) {
                life.end();
                lingering.add(life.incarnation());
                life.leader().close();
                pace.hurry();
            } else {
                forget(life.incarnation());
            }
            parts.events().observed(news);
        }
        killAgain(members);
    }

    /** What was told to die cannot save itself by starting something new. */
    private void killAgain(Map<Incarnation, List<ProcessTable.Member>> members) {
        var targets = new ArrayList<Signaller.Target>();
        members.forEach((incarnation, some) -> {
            Life life = lives.get(incarnation);
            if (life != null && life.isDoomed()) {
                targets.add(new Signaller.Target(life, some));
            }
        });
        if (!targets.isEmpty()) {
            parts.signaller().send(Signal.KILL, targets);
        }
    }

    private void flush() {
        Signal wanted = signal;
        if (wanted == null) {
            return;
        }
        signal = null;
        var addressed = new HashSet<>(toSignal);
        addressed.retainAll(lives.keySet());
        toSignal.clear();
        if (addressed.isEmpty()) {
            return;
        }
        var targets = new ArrayList<Signaller.Target>();
        try {
            parts.table().look(addressed).forEach((incarnation, members) -> {
                Life life = lives.get(incarnation);
                if (life != null) {
                    targets.add(new Signaller.Target(life, members));
                }
            });
            parts.signaller().send(wanted, targets);
        } catch (UncheckedIOException unseen) {
            trouble(unseen); // whoever stops something tries again, and harder
        }
        if (wanted == Signal.KILL) {
            targets.forEach(target -> target.life().doom());
        }
        pace.hurry();
    }

    /** Tells all that runs, and takes over what an earlier driver of the same owner has left. */
    void census(long ticket) {
        Census census;
        try {
            census = Census.of(ticket, running());
        } catch (UncheckedIOException unseen) {
            census = Census.failed(ticket, String.valueOf(unseen.getMessage()));
        }
        parts.events().census(census);
    }

    private List<Observation.Running> running() {
        var running = new ArrayList<Observation.Running>();
        parts.table().lookAtAll().forEach((incarnation, members) -> {
            Life life = lives.get(incarnation);
            if (life == null) {
                life = adopt(incarnation, members);
            }
            if (life != null) {
                boolean led = !life.hasEnded();
                int pid = led
                        ? life.leader().identity().pid()
                        : members.get(0).identity().pid();
                running.add(new Observation.Running(life.name(), incarnation, pid));
            }
        });
        return running;
    }

    /**
     * Takes over a life that another driver launched; null if its last process has ended meanwhile.
     *
     * @throws UncheckedIOException if one is there and cannot be held
     */
    private @Nullable Life adopt(Incarnation incarnation, List<ProcessTable.Member> members) {
        for (ProcessTable.Member member : Seniority.order(members)) {
            try {
                Leader leader = Leader.Survivor.hold(parts.procfs(), member.identity());
                int group = Seniority.group(member, parts.procfs());
                var life = new Life(member.instance(), incarnation, leader, group, 0, Mask.NONE);
                begin(life);
                return life;
            } catch (FileNotFoundException ended) {
                log.atDebug().log("life {}: {}", incarnation.id(), ended.getMessage());
            } catch (IOException outOfDescriptors) {
                throw new UncheckedIOException(outOfDescriptors);
            }
        }
        return null;
    }

    private void begin(Life life) {
        lives.put(life.incarnation(), life);
        parts.table().add(life);
    }

    private Life forget(Incarnation incarnation) {
        lingering.remove(incarnation);
        Life life = lives.remove(incarnation);
        if (life == null) {
            throw new IllegalStateException("no life " + incarnation.id());
        }
        life.leader().close();
        parts.table().remove(life);
        return life;
    }

    private void running(Life life, long pid) {
        log.atDebug().addKeyValue("instance", life.name()).log("runs as process {}", pid);
        parts.events().observed(new Observation.Running(life.name(), life.incarnation(), pid));
    }

    /** Our own child keeps its number until the JVM has asked how it ended, so a parent that is us is proof enough. */
    private ProcessIdentity identify(Process process) {
        int pid = (int) process.pid();
        long ticks = ProcessIdentity.UNSEEN;
        try {
            ProcStat stat = parts.procfs().stat(pid);
            if (stat != null && stat.parent() == ProcessHandle.current().pid()) {
                ticks = stat.startTicks();
            }
        } catch (UncheckedIOException unseen) {
            trouble(unseen);
        }
        return new ProcessIdentity(pid, ticks, parts.procfs().boot());
    }

    private void trouble(UncheckedIOException cause) {
        if (!blind) {
            log.atWarn().log("cannot see what runs, and tells nothing until it can: {}", cause.getMessage());
            blind = true;
        }
    }

    private void noTrouble() {
        if (blind) {
            log.atInfo().log("sees again what runs");
            blind = false;
        }
    }

    private List<String> stderr(Life life) {
        try {
            return parts.outputs()
                    .lastWords(
                            parts.outputs().file(life.name(), Output.STDERR),
                            life.errorsFrom(),
                            exitLines,
                            life.mask());
        } catch (IOException unreadable) {
            log.atWarn()
                    .addKeyValue("instance", life.name())
                    .log("last lines cannot be read: {}", unreadable.toString());
            return List.of();
        }
    }
}
