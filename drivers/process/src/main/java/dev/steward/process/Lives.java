package dev.steward.process;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.Signal;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final int LIVES_PER_SWEEP = 4000;

    /** What the lives are made of, and where news go. */
    record Parts(
            ProcFs procfs,
            ProcessTable table,
            Launcher launcher,
            Adopter adopter,
            Prelude prelude,
            Signaller signaller,
            OutputFolder outputs,
            OutputKeeper keeper,
            Records records,
            DriverEvents events) {}

    private final Parts parts;
    private final int exitLines;
    private final Pace pace;
    private final Runnable exited;
    private final @Nullable Farewell farewell;
    private final Map<Incarnation, Life> lives = new LinkedHashMap<>();
    private final Set<Incarnation> lingering = new LinkedHashSet<>();
    private final Set<Incarnation> toSignal = new LinkedHashSet<>();
    private final Sight sight = new Sight();
    private int adopted;
    private @Nullable Signal signal;
    private boolean closed;

    /**
     * None yet.
     *
     * @param exited called from any thread when a first process has ended, perhaps late
     * @param farewell what happens at the end to those that still run; null for nothing
     */
    Lives(Parts parts, Duration sweep, int exitLines, Runnable exited, @Nullable Farewell farewell) {
        this.parts = parts;
        this.exitLines = exitLines;
        this.pace = new Pace(sweep);
        this.exited = exited;
        this.farewell = farewell;
    }

    /** Carries out an order. */
    void launch(InstanceSpec spec, Incarnation incarnation) {
        settle();
        if (lives.containsKey(incarnation)) {
            log.atError().addKeyValue("instance", spec.name()).log("life {} is launched twice", incarnation.id());
            return;
        }
        parts.outputs().beginnings().begin(spec.name(), incarnation);
        try {
            Life life = parts.launcher().launch(spec, incarnation, exited);
            begin(life);
            running(life);
        } catch (LaunchRefused refused) {
            Life stray = refused.isDoubtful() ? find(incarnation) : null;
            if (stray != null) {
                running(stray);
            } else {
                parts.outputs().beginnings().forget(incarnation);
                parts.events().observed(new Observation.Refused(spec.name(), incarnation, refused.reason()));
            }
        }
    }

    private @Nullable Life find(Incarnation incarnation) {
        List<ProcessTable.Member> members = parts.table().lookAtAll().get(incarnation);
        return members == null ? null : adopt(incarnation, members);
    }

    /** Carries out an order. */
    void measure(Incarnation incarnation) {
        settle();
        Life life = lives.get(incarnation);
        if (life == null) {
            return;
        }
        try {
            List<ProcessTable.Member> members =
                    parts.table().look(Set.of(incarnation)).get(incarnation);
            if (members != null) {
                long memory = members.stream()
                        .mapToLong(member ->
                                parts.procfs().memory(member.identity().pid()))
                        .sum();
                parts.events().observed(new Observation.Measured(life.name(), incarnation, memory));
            }
        } catch (UncheckedIOException unseen) {
            sight.lose(unseen);
        }
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

    /** Ends what is to be ended, and lets go of everything else. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (farewell != null) {
            endAll(farewell);
        }
        lives.values().forEach(life -> life.leader().close());
        lives.clear();
    }

    private void endAll(Farewell how) {
        try {
            running(); // so that also what nobody has looked for yet is among them
        } catch (UncheckedIOException unseen) {
            sight.lose(unseen);
        }
        Set<Incarnation> left =
                how.end(lives.values()).stream().map(Life::incarnation).collect(Collectors.toSet());
        for (Life life : List.copyOf(lives.values())) {
            if (left.contains(life.incarnation())) {
                log.atWarn()
                        .addKeyValue("instance", life.name())
                        .log("process {} or what it has started is still there after the close", life.program());
            } else {
                forget(life.incarnation());
            }
        }
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
            sight.regain();
        } catch (UncheckedIOException unseen) {
            sight.lose(unseen);
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
        killAgain(members); // before anything that takes time
        for (Incarnation incarnation : List.copyOf(lingering)) {
            if (!members.containsKey(incarnation) && !closed) {
                Life life = forget(incarnation);
                parts.events().observed(new Observation.Gone(life.name(), incarnation));
            }
        }
        for (Life life : ended) {
            if (!closed) {
                tellEnd(life, members.containsKey(life.incarnation()));
            }
        }
    }

    private void tellEnd(Life life, boolean stays) {
        ExitStatus exit = life.leader().exit();
        if (exit.code().isEmpty()) {
            exit = parts.records().exit(life.name(), life.incarnation());
        }
        var news = new Observation.Exited(
                life.name(), life.incarnation(), exit, stays, LastWords.of(life, parts.outputs(), exitLines));
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
            if (wanted != Signal.KILL) { // which cannot be lost
                parts.prelude()
                        .await(addressed.stream()
                                .flatMap(one -> Stream.ofNullable(lives.get(one)))
                                .toList());
            }
            parts.table().look(addressed).forEach((incarnation, members) -> {
                Life life = lives.get(incarnation);
                if (life != null) {
                    targets.add(new Signaller.Target(life, members));
                }
            });
            parts.signaller().send(wanted, targets);
        } catch (UncheckedIOException unseen) {
            sight.lose(unseen); // whoever stops something tries again, and harder
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
        parts.adopter().byRecord(lives, this::begin);
        parts.table().lookAtAll().forEach((incarnation, members) -> {
            Life life = lives.get(incarnation);
            running.add(seen(life == null ? adopt(incarnation, members) : life, members));
        });
        parts.adopter().tidy(lives.values());
        return running;
    }

    private Observation.Running seen(Life life, List<ProcessTable.Member> members) {
        ProcessTable.Member senior = Seniority.first(members);
        ProcessIdentity leader = life.leader().identity();
        boolean led = !life.hasEnded();
        if (led && !life.knowsProgram()) {
            int program = parts.procfs().firstChild(leader.pid());
            life.seeProgram(program == 0 ? leader.pid() : program);
        }
        int pid = led ? life.program() : senior.identity().pid();
        boolean known = leader.isSeen();
        Duration age =
                parts.procfs().age(known ? leader.startTicks() : senior.stat().startTicks());
        return new Observation.Running(life.name(), life.incarnation(), pid, age, led);
    }

    private Life adopt(Incarnation incarnation, List<ProcessTable.Member> members) {
        Life life = parts.adopter().byMark(incarnation, members);
        begin(life);
        return life;
    }

    private void begin(Life life) {
        lives.put(life.incarnation(), life);
        parts.table().add(life);
        if (life.hasEnded()) {
            lingering.add(life.incarnation());
        }
        if (!(life.leader() instanceof Leader.Child)) {
            parts.keeper().adopted(life.name(), life.incarnation(), life.mask());
        }
        count(life, 1);
    }

    private void count(Life life, int one) {
        if (life.leader() instanceof Leader.Survivor) {
            adopted += one;
            pace.stretch(1 + adopted / LIVES_PER_SWEEP);
        }
    }

    private Life forget(Incarnation incarnation) {
        lingering.remove(incarnation);
        Life life = lives.remove(incarnation);
        if (life == null) {
            throw new IllegalStateException("no life " + incarnation.id());
        }
        life.leader().close();
        parts.outputs().beginnings().forget(life.incarnation());
        parts.keeper().ended(incarnation);
        parts.table().remove(life);
        parts.records().remove(life.name(), incarnation);
        count(life, -1);
        return life;
    }

    private void running(Life life) {
        int pid = life.program();
        log.atDebug().addKeyValue("instance", life.name()).log("runs as process {}", pid);
        parts.events().observed(new Observation.Running(life.name(), life.incarnation(), pid));
    }
}
