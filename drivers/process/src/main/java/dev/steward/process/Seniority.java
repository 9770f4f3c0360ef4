package dev.steward.process;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Among the processes of a life that somebody else launched, finds the one that was most likely its first. */
final class Seniority {
    private static final Comparator<ProcessTable.Member> ORDER = Comparator.comparing(
                    (ProcessTable.Member member) -> !leads(member))
            .thenComparing(member -> member.stat().startTicks())
            .thenComparing(member -> member.stat().pid());

    private Seniority() {}

    /** Those that began a session before others, older before younger; only those whose mark says which instance they are. */
    static List<ProcessTable.Member> order(List<ProcessTable.Member> members) {
        return members.stream()
                .filter(member -> !member.instance().isEmpty())
                .sorted(ORDER)
                .toList();
    }

    /** The first in that order, also among those that show no mark. */
    static ProcessTable.Member first(List<ProcessTable.Member> members) {
        return Collections.min(members, ORDER);
    }

    /**
     * The number of the session that a life was given, seen from its first process: its own, or the one that it was left in by an earlier
     * first process. 0 if that session belongs to somebody who is alive: then it may be anybody's; or if it is our own, which a child of ours
     * is in until it has one, and whose founder may be long gone.
     *
     * @param self the number of this JVM
     */
    static int group(ProcessTable.Member first, ProcFs procfs, int self) {
        int session = first.stat().session();
        if (leads(first)) {
            return session;
        }
        ProcStat own = procfs.stat(self);
        ProcStat founder = procfs.stat(session);
        boolean isOurOwn = own == null || own.session() == session || own.group() == session;
        return !isOurOwn && (founder == null || founder.isDead()) ? session : 0;
    }

    /** Whether it began a session. */
    static boolean leads(ProcessTable.Member member) {
        return member.stat().session() == member.stat().pid();
    }
}
