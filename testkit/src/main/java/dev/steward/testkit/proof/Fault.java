package dev.steward.testkit.proof;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that goes wrong in a run, at one call of one process: {@code crash p1 lease#2 done}. Its text can be parsed again. Immutable.
 *
 * @param kind what goes wrong
 * @param process whose call: {@code p1}
 * @param port which call: the name of the method at the remote thing, or {@code Type.method} where another has that name; {@code commit},
 *     {@code changes}, {@code read} of the store; or {@code pass}
 * @param occurrence the how manieth of that name, over all starts of the process, from 1; of a crash at the step {@code done} of a call of the
 *     store, the how manieth that is done
 * @param detail the step of a crash; how long, or in what way, for the others
 */
public record Fault(Kind kind, String process, String port, int occurrence, String detail) {
    private static final Pattern TEXT = Pattern.compile("([a-z-]+) (\\S+) (\\S+)#(\\d+)(?: (.+))?");
    private static final Pattern SECONDS = Pattern.compile("-?\\d+s");

    /** What can go wrong. */
    public enum Kind {
        /** The process dies at a step of the call, and is started again some seconds later. */
        CRASH(FaultClass.CRASH),
        /** The request is lost: not done, not answered. */
        LOST(FaultClass.ANSWERS),
        /** It is done, and the answer is lost. */
        UNANSWERED(FaultClass.ANSWERS),
        /** The request is done late, and so answered late. */
        LATE(FaultClass.ANSWERS),
        /** It is done at once, and answered late. */
        ANSWER_LATE(FaultClass.ANSWERS),
        /** It is answered, and some time later answered again. */
        TWICE(FaultClass.ANSWERS),
        /** A call of the store meets a {@link dev.steward.testkit.FakeStoreTrouble}. */
        STORE(FaultClass.ANSWERS),
        /** A commit is told a conflict, or that it was refused or the store unavailable, though nobody wrote. */
        COMMIT(FaultClass.CONFLICTS),
        /** Another client rewrites the same records just before the commit. */
        ELSEWHERE(FaultClass.CONFLICTS),
        /** The elections advise both, another one, or nobody for a while. */
        ADVICE(FaultClass.LEADERS),
        /** The process loses the session of its store for a while. */
        SESSION(FaultClass.LEADERS),
        /** Looks at the store show an older view for a while. */
        STALE(FaultClass.STALE),
        /** A remote thing tells what it knew some time ago: the answer comes late, within the limit that most set. */
        OUTDATED(FaultClass.STALE),
        /** The process gets no pass for a while. */
        PAUSE(FaultClass.PAUSES),
        /** The wall clock steps. */
        WALL(FaultClass.PAUSES);

        private final FaultClass family;
        private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

        Kind(FaultClass family) {
            this.family = family;
        }

        FaultClass family() {
            return family;
        }

        String word() {
            return word;
        }
    }

    /** @throws IllegalArgumentException if the occurrence is below 1 */
    public Fault {
        checkNotNull(kind, "kind");
        checkNotNull(process, "process");
        checkNotNull(port, "port");
        checkArgument(occurrence >= 1, "%s %s: occurrence is below 1: %s", process, port, occurrence);
        checkNotNull(detail, "detail");
    }

    /**
     * Reads what {@link #toString} has written.
     *
     * @throws IllegalArgumentException if the text is no fault
     */
    public static Fault parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        checkArgument(matcher.matches(), "not a fault: '%s'", text);
        String word = matcher.group(1).toUpperCase(Locale.ROOT).replace('-', '_');
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(word)) {
                String detail = matcher.group(5);
                return new Fault(
                        kind,
                        matcher.group(2),
                        matcher.group(3),
                        Integer.parseInt(matcher.group(4)),
                        detail == null ? "" : detail);
            }
        }
        throw new IllegalArgumentException("not a kind of fault: '" + matcher.group(1) + "' in '" + text + "'");
    }

    /** The length in the detail, the last if there are two. */
    Duration length() {
        String last = detail.substring(detail.lastIndexOf(' ') + 1);
        checkArgument(SECONDS.matcher(last).matches(), "no length in '%s'", this);
        return Duration.ofSeconds(Long.parseLong(last.substring(0, last.length() - 1)));
    }

    /** The first word of the detail. */
    String way() {
        int space = detail.indexOf(' ');
        return space < 0 ? detail : detail.substring(0, space);
    }

    /** As it can be {@linkplain #parse parsed}. */
    @Override
    public String toString() {
        return kind.word() + " " + process + " " + port + "#" + occurrence + (detail.isEmpty() ? "" : " " + detail);
    }
}
