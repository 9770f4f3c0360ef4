package dev.steward.process;

import java.util.Comparator;
import java.util.List;

/** Among the processes of a life that somebody else launched, finds the one that was most likely its first. */
final class Seniority {
    private Seniority() {}

    /** Those that began a session before others, older before younger; only those whose mark says which instance they are. */
    static List<ProcessTable.Member> order(List<ProcessTable.Member> members) {
        return members.stream()
                .filter(member -> !member.instance().isEmpty())
                .sorted(Comparator.comparing((ProcessTable.Member member) -> !leads(member))
                        .thenComparing(member -> member.stat().startTicks())
                        .thenComparing(member -> member.stat().pid()))
                .toList();
    }

    /**
     * The number of the session that a life was given, seen from its first process: its own, or the one that it was left in by an earlier
     * first process. 0 if that session belongs to somebody who is alive: then it may be anybody's.
     */
    static int group(ProcessTable.Member first, ProcFs procfs) {
        int session = first.stat().session();
        if (leads(first)) {
            return session;
        }
        ProcStat founder = procfs.stat(session);
        return founder == null || founder.isDead() ? session : 0;
    }

    private static boolean leads(ProcessTable.Member member) {
        return member.stat().session() == member.stat().pid();
    }
}
