package dev.steward.testkit.proof;

import dev.steward.testkit.proof.Chronicle.Entry;
import dev.steward.testkit.proof.Chronicle.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The lines of a chronicle that tell how it came to the failure. */
final class Story {
    private static final int CALLS = 8;
    private static final int STATES = 6;
    private static final int LINES = 30;

    private Story() {}

    /** The faults in words, and whatever else was remarkable; of calls and states only those that matter. */
    static List<String> of(Chronicle chronicle, Replay replay) {
        Set<String> struck = new HashSet<>();
        replay.faults().forEach(fault -> struck.add(fault.port() + "#" + fault.occurrence()));
        List<Entry> told = new ArrayList<>();
        int calls = 0;
        int states = 0;
        List<Entry> entries = chronicle.entries();
        int last = entries.size() - 1;
        while (last > 0 && entries.get(last).mark() != Mark.VIOLATION) {
            last--;
        }
        for (int i = last; i >= 0; i--) {
            Entry entry = entries.get(i);
            boolean tell = switch (entry.mark()) {
                case CALL -> calls++ < CALLS || struck.contains(entry.text().split(" ", 2)[0]);
                case THING -> states++ < STATES;
                default -> true;
            };
            if (tell) {
                told.add(0, entry);
            }
        }
        List<String> lines = new ArrayList<>();
        int skipped = Math.max(told.size() - LINES, 0);
        for (int i = 0; i < told.size(); i++) {
            if (skipped > 0 && i == LINES / 3) {
                lines.add("… " + skipped + " more …");
                i += skipped;
            }
            lines.add(line(told.get(i)));
        }
        return lines;
    }

    private static String line(Entry entry) {
        String what = entry.mark() == Mark.FAULT
                ? words(Fault.parse(entry.text()))
                : ChronicleText.who(entry)
                        + (ChronicleText.who(entry).isEmpty() ? "" : " ")
                        + ChronicleText.what(entry)
                        + (entry.cause().isEmpty() ? "" : " (" + entry.cause() + ")");
        Duration at = Duration.ofMillis(entry.at().toMillis());
        return "at " + ChronicleTime.of(at) + ": " + what;
    }

    /** A fault in plain words. */
    static String words(Fault fault) {
        String call = fault.port() + "#" + fault.occurrence();
        String who = fault.process();
        return switch (fault.kind()) {
            case CRASH -> "FAULT: " + who + " dies " + when(fault, call);
            case LOST -> "FAULT: the request of " + who + " for " + call + " is lost: not done, not answered";
            case UNANSWERED -> "FAULT: the answer to " + call + " of " + who + " is lost; it is done";
            case LATE -> "FAULT: " + call + " of " + who + " is done only " + length(fault) + " later";
            case ANSWER_LATE ->
                "FAULT: " + call + " of " + who + " is done, and answered only " + length(fault) + " later";
            case OUTDATED ->
                "FAULT: the answer to " + call + " of " + who + " is " + length(fault) + " old when it comes";
            case TWICE -> "FAULT: " + call + " of " + who + " is answered, and " + length(fault) + " later again";
            case STORE -> "FAULT: " + call + " of " + who + " meets '" + fault.detail() + "' at the store";
            case COMMIT -> "FAULT: " + call + " of " + who + " is told '" + fault.detail() + "', and is not done";
            case ELSEWHERE -> "FAULT: another client writes the same records just before " + call + " of " + who;
            case ADVICE ->
                "FAULT: at " + call + " of " + who + ", for " + length(fault) + ", the elections advise " + fault.way();
            case SESSION -> "FAULT: at " + call + ", " + who + " loses its store for " + length(fault);
            case STALE ->
                "FAULT: at " + call + ", for " + length(fault) + ", " + who + " is shown the store as it was "
                        + fault.way() + " ago";
            case PAUSE -> "FAULT: at " + call + ", " + who + " gets no pass for " + length(fault);
            case WALL -> "FAULT: at " + call + " of " + who + " the wall clock steps by " + fault.detail();
        };
    }

    private static String length(Fault fault) {
        return ChronicleTime.of(fault.length());
    }

    private static String when(Fault fault, String call) {
        return switch (fault.detail()) {
            case "begun" -> "before " + call;
            case "asked" -> "when it asks for " + call + ", and nothing is sent";
            case "sent" -> "when it has sent " + call;
            case "done" -> "when " + call + " is done, before it hears of it";
            case "answered" -> "when the answer to " + call + " arrives, before it hears of it";
            default -> "when it has been told the answer to " + call;
        };
    }
}
