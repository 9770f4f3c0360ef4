package dev.steward.testkit.proof;

import dev.steward.testkit.FakeRecordStore;
import dev.steward.testkit.proof.Chronicle.Mark;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What faults do that befall a process rather than one call of it. */
final class Misfortune {
    private Misfortune() {}

    /** Does it if it is of that sort. */
    static void befall(Play play, ProofProcess process, Fault fault) {
        FakeRecordStore client = process.client();
        switch (fault.kind()) {
            case ADVICE -> {
                play.fired(fault, fault.length());
                List<String> who = advised(play, process, fault);
                play.mark(Mark.LEADER, "", "advised: " + (who.isEmpty() ? "nobody" : String.join(", ", who)));
                play.advise(who, fault.length());
            }
            case SESSION -> {
                if (client != null) {
                    play.fired(fault, fault.length());
                    client.loseSession(fault.length());
                }
            }
            case STALE -> {
                if (client != null) {
                    play.fired(fault, fault.length());
                    client.jumpBack(seconds(fault.way()), fault.length());
                }
            }
            case PAUSE -> {
                play.fired(fault, fault.length());
                process.pause(fault.length());
            }
            case WALL -> {
                play.fired(fault, Duration.ZERO);
                play.simulation().stepWall(fault.length());
            }
            case CRASH, LOST, UNANSWERED, LATE, ANSWER_LATE, OUTDATED, TWICE, STORE, COMMIT, ELSEWHERE -> {
                // befall the call
            }
        }
    }

    private static List<String> advised(Play play, ProofProcess process, Fault fault) {
        List<String> all = play.processes().stream().map(ProofProcess::name).toList();
        return switch (fault.way().toLowerCase(Locale.ROOT)) {
            case "both" -> all;
            case "other" ->
                all.stream()
                        .filter(name -> !name.equals(process.name()))
                        .limit(1)
                        .toList();
            case "nobody" -> List.of();
            default -> throw new IllegalArgumentException("both, other or nobody? '" + fault + "'");
        };
    }

    private static Duration seconds(String text) {
        return Duration.parse("PT" + text);
    }
}
