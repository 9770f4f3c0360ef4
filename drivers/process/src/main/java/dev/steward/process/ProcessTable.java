package dev.steward.process;

import dev.steward.instance.Incarnation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells which processes belong to which life: those in the group or session of its first process, and those that carry its mark, which
 * catches what has made itself a session of its own. A dead process that nobody has asked for belongs to nothing.
 *
 * <p>A look costs what is new since the last one: whose a process is, is remembered for as long as its number is in use at every look. That
 * is safe because numbers are given out in turn; when so many processes were started in between that a number could have come round, all is
 * forgotten. Belongs to the driver's thread.
 */
final class ProcessTable {
    private static final int MOST_ROUNDS = 10;
    private static final long FIRST_PAUSE_NANOS = 100_000;
    private static final int KERNEL_THREADS = 2;

    /**
     * A process as it was seen.
     *
     * @param instance as its mark says; empty if it belongs by its group
     */
    record Member(ProcessIdentity identity, ProcStat stat, Incarnation life, String instance) {}

    private enum Verdict {
        OURS,
        OTHER,
        DEAD,
        VANISHED,
        UNCLEAR
    }

    private final ProcFs procfs;
    private final String owner;
    private final int self;
    private final Map<Integer, Life> groups = new HashMap<>();
    private final Map<Incarnation, Life> groupOf = new HashMap<>();
    private final Map<Integer, Member> known = new HashMap<>();
    private final BitSet others = new BitSet();
    private final BitSet doubted = new BitSet();
    private long forks;

    /** @param self the number of this JVM, which never belongs to a life */
    ProcessTable(ProcFs procfs, String owner, int self) {
        this.procfs = procfs;
        this.owner = owner;
        this.self = self;
    }

    /** From now on what is in the group of that life belongs to it. */
    void add(Life life) {
        if (life.groupIsOurs()) {
            groups.put(life.group(), life);
            groupOf.put(life.incarnation(), life);
        }
        others.clear(life.leader().identity().pid());
    }

    /** Nothing belongs to that life any more. */
    void remove(Life life) {
        groups.remove(life.group(), life);
        groupOf.remove(life.incarnation());
        known.values().removeIf(member -> member.life().equals(life.incarnation()));
    }

    /** The processes of some lives. A life without any is not in the map. */
    Map<Incarnation, List<Member>> look(Set<Incarnation> wanted) {
        forgetIfNumbersCameRound();
        return rounds(wanted);
    }

    /** All processes of this owner, also of lives that were never added. */
    Map<Incarnation, List<Member>> lookAtAll() {
        forget();
        return rounds(null);
    }

    private void forgetIfNumbersCameRound() {
        long now = procfs.forks();
        if (now == Long.MAX_VALUE || now - forks > procfs.pidLimit() / 2) {
            forget();
        }
        forks = now;
    }

    private void forget() {
        known.clear();
        others.clear();
        doubted.clear();
        forks = procfs.forks();
    }

    /**
     * Looks again where a process vanished in between, because it may have started another just before, and, for up to 51 ms, where one is
     * in the middle of an {@code exec}, because it shows no environment then.
     */
    private Map<Incarnation, List<Member>> rounds(@Nullable Set<Incarnation> wanted) {
        long pause = FIRST_PAUSE_NANOS;
        for (int round = 1; ; round++) {
            var look = new Round(wanted);
            look.run();
            if (look.unclear.isEmpty() && !look.vanished) {
                loseEmptyGroups(wanted, look.found);
                return look.found;
            }
            if (round == MOST_ROUNDS) {
                doubt(look.unclear);
                loseEmptyGroups(wanted, look.found);
                return look.found;
            }
            if (!look.unclear.isEmpty()) {
                LockSupport.parkNanos(pause);
                pause *= 2;
            }
        }
    }

    /** One that is still there at a second look is not in the middle of anything. */
    private void doubt(BitSet unclear) {
        var again = (BitSet) unclear.clone();
        again.and(doubted);
        others.or(again);
        doubted.or(unclear);
    }

    /** Once through all numbers in use. */
    private final class Round {
        private final @Nullable Set<Incarnation> wanted;
        private final Map<Incarnation, List<Member>> found = new HashMap<>();
        private final BitSet listed = new BitSet();
        private final BitSet unclear = new BitSet();
        private boolean vanished;

        Round(@Nullable Set<Incarnation> wanted) {
            this.wanted = wanted;
        }

        void run() {
            int[] pids = procfs.pids();
            for (int pid : pids) {
                listed.set(pid);
            }
            loseTakenGroups(wanted, listed);
            for (int pid : pids) {
                Member before = known.get(pid);
                if (!others.get(pid) && (before == null || isWanted(before))) {
                    take(pid, judge(pid, before));
                }
            }
            others.and(listed);
            doubted.and(listed);
            known.keySet().removeIf(pid -> !listed.get(pid));
        }

        private void take(int pid, Verdict verdict) {
            switch (verdict) {
                case OURS -> {
                    Member member = known.get(pid);
                    if (member != null && isWanted(member)) {
                        found.computeIfAbsent(member.life(), life -> new ArrayList<>())
                                .add(member);
                    }
                    return;
                }
                case OTHER, DEAD -> others.set(pid);
                case UNCLEAR -> unclear.set(pid);
                case VANISHED -> vanished = true;
            }
            known.remove(pid);
        }

        private boolean isWanted(Member member) {
            return wanted == null || wanted.contains(member.life());
        }
    }

    private Verdict judge(int pid, @Nullable Member before) {
        ProcStat stat = procfs.stat(pid);
        if (stat == null) {
            return Verdict.VANISHED;
        }
        if (stat.isDead()) {
            return Verdict.DEAD;
        }
        if (before != null && before.identity().matches(stat, procfs.boot())) {
            return ours(stat, before.life(), before.instance());
        }
        if (pid == self || pid == KERNEL_THREADS || stat.parent() == KERNEL_THREADS) {
            return Verdict.OTHER;
        }
        Life namesake = groups.get(pid);
        Life life = namesake != null ? namesake : byGroup(stat);
        return life != null ? ours(stat, life.incarnation(), "") : byMark(pid, stat);
    }

    private @Nullable Life byGroup(ProcStat stat) {
        Life life = groups.get(stat.group());
        return life != null ? life : groups.get(stat.session());
    }

    private Verdict byMark(int pid, ProcStat stat) {
        byte[] environment = procfs.environment(pid);
        if (environment == null) {
            return procfs.stat(pid) == null ? Verdict.VANISHED : Verdict.OTHER;
        }
        if (environment.length == 0) {
            return isWithoutEnvironment(pid) ? Verdict.OTHER : Verdict.UNCLEAR;
        }
        Marks marks = Marks.in(environment);
        if (marks == null || !marks.owner().equals(owner)) {
            return Verdict.OTHER;
        }
        return ours(stat, new Incarnation(marks.life()), marks.instance());
    }

    /** In the middle of an {@code exec} there is no command line either; which may end between two reads. */
    private boolean isWithoutEnvironment(int pid) {
        if (!procfs.hasCommandLine(pid)) {
            return false;
        }
        byte[] again = procfs.environment(pid);
        return again != null && again.length == 0;
    }

    private Verdict ours(ProcStat stat, Incarnation life, String instance) {
        var identity = new ProcessIdentity(stat.pid(), stat.startTicks(), procfs.boot());
        known.put(stat.pid(), new Member(identity, stat, life, instance));
        return Verdict.OURS;
    }

    /** A group is not ours any more once somebody else has the number of its first process; nor is who was taken for ours because of it. */
    private void loseTakenGroups(@Nullable Set<Incarnation> wanted, BitSet listed) {
        for (Life life : wantedGroups(wanted)) {
            ProcStat stat = listed.get(life.group()) ? procfs.stat(life.group()) : null;
            if (stat != null && !life.leader().is(stat, procfs.boot())) {
                loseGroup(life);
                known.values()
                        .removeIf(member -> member.life().equals(life.incarnation())
                                && member.instance().isEmpty());
            }
        }
    }

    /** Nor is it once its first process has ended and nobody was seen in it. */
    private void loseEmptyGroups(@Nullable Set<Incarnation> wanted, Map<Incarnation, List<Member>> found) {
        for (Life life : wantedGroups(wanted)) {
            List<Member> members = found.getOrDefault(life.incarnation(), List.of());
            if (life.hasEnded() && members.stream().noneMatch(member -> isInGroup(member.stat(), life.group()))) {
                loseGroup(life);
            }
        }
    }

    private List<Life> wantedGroups(@Nullable Set<Incarnation> wanted) {
        if (wanted == null) {
            return List.copyOf(groups.values());
        }
        return wanted.stream()
                .flatMap(one -> Stream.ofNullable(groupOf.get(one)))
                .toList();
    }

    private void loseGroup(Life life) {
        groups.remove(life.group(), life);
        groupOf.remove(life.incarnation());
        life.loseGroup();
    }

    private static boolean isInGroup(ProcStat stat, int group) {
        return stat.group() == group || stat.session() == group;
    }
}
