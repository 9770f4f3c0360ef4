package dev.steward.process;

import dev.steward.instance.Incarnation;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what an earlier driver of the same owner has left: first by its records, which also find a program that has overwritten its
 * environment, then by the mark, which also finds what was started and not written down any more. Belongs to the driver's thread.
 */
final class Adopter {
    private static final Logger log = LoggerFactory.getLogger(Adopter.class);
    private static final int MOST_HELD = 4000;
    private static final int SHARE_OF_DESCRIPTORS = 4;
    private static final int SPARE = 16;
    private static final int MOST_LOOKS = 10;
    private static final long FIRST_PAUSE_NANOS = 100_000;

    private final ProcFs procfs;
    private final Records records;
    private final Beginnings beginnings;
    private final int self;
    private final Deque<Leader.Survivor> held = new ArrayDeque<>();
    private int mostHeld;
    private final Map<Incarnation, BirthRecord> open = new LinkedHashMap<>();
    private boolean read;
    private boolean tidied;

    Adopter(ProcFs procfs, Records records, Beginnings beginnings, int self) {
        this.beginnings = beginnings;
        this.procfs = procfs;
        this.records = records;
        this.self = self;
        this.mostHeld = Math.min(MOST_HELD, procfs.descriptorLimit() / SHARE_OF_DESCRIPTORS);
    }

    /**
     * Takes over each life whose first process is the one in its record. What was taken over stays so also if this throws.
     *
     * @throws UncheckedIOException if nothing can be seen now; whatever is left can be asked for again
     */
    void byRecord(Map<Incarnation, Life> lives, Consumer<Life> begin) {
        if (!read) {
            records.read(procfs).forEach(record -> open.put(record.life(), record));
            read = true;
        }
        if (open.isEmpty()) {
            return;
        }
        Map<ProcessIdentity, Life> taken = new HashMap<>();
        lives.values().forEach(life -> taken.put(life.leader().identity(), life));
        for (BirthRecord record : List.copyOf(open.values())) {
            if (lives.containsKey(record.life())) {
                open.remove(record.life());
            } else if (!taken.containsKey(record.identity())) {
                Leader leader = survivor(record.identity());
                if (leader != null) {
                    open.remove(record.life());
                    Life life = life(record, leader, record.group());
                    taken.put(record.identity(), life);
                    begin.accept(life);
                }
            }
        }
    }

    /** Descriptors are spent on survivors only as far as enough are left for everything else. */
    private Leader.@Nullable Survivor survivor(ProcessIdentity identity) {
        if (held.size() >= mostHeld) {
            held.removeIf(survivor -> !survivor.isHeld());
        }
        boolean hold = held.size() < mostHeld;
        Leader.Survivor survivor;
        try {
            survivor = Leader.Survivor.of(procfs, identity, hold);
        } catch (UncheckedIOException noneLeft) {
            giveBack();
            survivor = Leader.Survivor.of(procfs, identity, false);
        }
        if (survivor != null && survivor.isHeld()) {
            held.push(survivor);
        } else if (survivor != null && hold) {
            giveBack();
        }
        return survivor;
    }

    private void giveBack() {
        mostHeld = Math.max(0, held.size() - SPARE);
        while (held.size() > mostHeld) {
            held.pop().release();
        }
    }

    private Life life(BirthRecord record, Leader leader, int group) {
        beginnings.found(record.life(), record.outputFrom(), record.errorsFrom());
        return new Life(
                record.instance(),
                record.life(),
                leader,
                group,
                record.errorsFrom(),
                mask(record.identity()),
                record.wrapped());
    }

    /**
     * Takes over a life of which these carry the mark. Its first process is the oldest that leads a session, or that is our own child;
     * without one, or if the record says that it has ended, the life is one that lingers.
     *
     * @throws UncheckedIOException if nothing can be seen now
     */
    Life byMark(Incarnation incarnation, List<ProcessTable.Member> members) {
        BirthRecord record = open.get(incarnation);
        if (record != null) {
            boolean inGroup = members.stream()
                    .anyMatch(member -> member.stat().group() == record.group()
                            || member.stat().session() == record.group());
            open.remove(incarnation);
            return lingering(life(record, new Leader.Lost(record.identity()), inGroup ? record.group() : 0));
        }
        List<ProcessTable.Member> order = Seniority.order(members);
        for (ProcessTable.Member member : order) {
            if (Seniority.leads(member) || member.stat().parent() == self) {
                Leader leader = survivor(member.identity());
                if (leader != null) {
                    int group = Seniority.group(member, procfs, self);
                    return new Life(member.instance(), incarnation, leader, group, 0, mask(member.identity()));
                }
            }
        }
        ProcessTable.Member senior = order.get(0);
        var nobody = new ProcessIdentity(senior.identity().pid(), ProcessIdentity.UNSEEN, procfs.boot());
        int group = Seniority.group(senior, procfs, self);
        return lingering(
                new Life(senior.instance(), incarnation, new Leader.Lost(nobody), group, 0, mask(senior.identity())));
    }

    /** Looks again, for up to 51 ms, where a process is in the middle of an {@code exec}, because it shows no environment then. */
    private Mask mask(ProcessIdentity identity) {
        try {
            byte[] environment = procfs.environment(identity.pid());
            long pause = FIRST_PAUSE_NANOS;
            for (int look = 1; look < MOST_LOOKS && isInExec(identity, environment); look++) {
                LockSupport.parkNanos(pause);
                pause *= 2;
                environment = procfs.environment(identity.pid());
            }
            return Mask.inherited(environment);
        } catch (UncheckedIOException outOfDescriptors) {
            return Mask.UNKNOWN;
        }
    }

    private boolean isInExec(ProcessIdentity identity, byte @Nullable [] environment) {
        return environment != null && environment.length == 0 && !procfs.hasCommandLine(identity.pid());
    }

    private static Life lingering(Life life) {
        life.end();
        return life;
    }

    /** After a look that has seen all: what nothing was found for is over, and is named once. */
    void tidy(Collection<Life> lives) {
        if (tidied) {
            return;
        }
        nameStrangers();
        for (BirthRecord record : open.values()) {
            boolean earlierBoot = !record.identity().boot().equals(procfs.boot());
            log.atInfo()
                    .addKeyValue("instance", record.instance())
                    .addKeyValue("life", record.life().id())
                    .log(
                            "ended {}: {}",
                            earlierBoot ? "with the machine" : "while nobody was there",
                            records.exit(record.instance(), record.life()));
            records.remove(record.instance(), record.life());
        }
        open.clear();
        Set<Path> needed = lives.stream()
                .map(life -> records.exitFile(life.name(), life.incarnation()))
                .collect(Collectors.toSet());
        records.tidy(procfs, needed);
        tidied = true;
    }

    /** Whoever is in the session of a life that is over, and shows no mark, may be of that life or not, so it is left alone. */
    private void nameStrangers() {
        Map<Integer, BirthRecord> sessions = new HashMap<>();
        open.values().stream()
                .filter(record -> record.identity().boot().equals(procfs.boot()))
                .forEach(record -> sessions.put(record.group(), record));
        if (sessions.isEmpty()) {
            return;
        }
        var strangers = new ArrayList<ProcStat>();
        for (int pid : procfs.pids()) {
            ProcStat stat = procfs.stat(pid);
            if (stat != null && !stat.isDead() && sessions.containsKey(stat.session())) {
                strangers.add(stat);
            }
        }
        for (ProcStat stat : strangers) {
            BirthRecord record = sessions.get(stat.session());
            if (record != null && stat.pid() != stat.session()) {
                log.atWarn()
                        .addKeyValue("instance", record.instance())
                        .addKeyValue("life", record.life().id())
                        .log("process {} may be left of it, cannot be told from others, and is left alone", stat.pid());
            }
        }
    }
}
