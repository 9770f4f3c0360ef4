package dev.steward.testkit.proof;

import dev.steward.testkit.FakeStoreTrouble;
import dev.steward.testkit.proof.Fault.Kind;
import dev.steward.testkit.proof.Port.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One way in which a class of faults can befall a call. Immutable. */
record Variant(Kind kind, String detail) {
    private static final List<Variant> REMOTE = List.of(
            new Variant(Kind.LOST, ""),
            new Variant(Kind.UNANSWERED, ""),
            new Variant(Kind.LATE, "20s"),
            new Variant(Kind.LATE, "150s"),
            new Variant(Kind.ANSWER_LATE, "20s"),
            new Variant(Kind.ANSWER_LATE, "150s"),
            new Variant(Kind.TWICE, "3s"),
            new Variant(Kind.TWICE, "40s"));
    private static final List<Variant> PROMPT = REMOTE.stream()
            .filter(each -> each.kind != Kind.LOST && each.kind != Kind.LATE)
            .toList();
    private static final List<Variant> COMMIT = store(
            FakeStoreTrouble.UNKNOWN,
            FakeStoreTrouble.UNKNOWN_NOT_DONE,
            FakeStoreTrouble.NO_ANSWER,
            FakeStoreTrouble.SWALLOWED,
            FakeStoreTrouble.LATER,
            FakeStoreTrouble.TWICE);
    private static final List<Variant> LOOK =
            store(FakeStoreTrouble.UNKNOWN, FakeStoreTrouble.NO_ANSWER, FakeStoreTrouble.TWICE);
    private static final List<Variant> CONFLICT = List.of(
            new Variant(Kind.COMMIT, word(FakeStoreTrouble.CONFLICT)),
            new Variant(Kind.COMMIT, word(FakeStoreTrouble.REFUSED)),
            new Variant(Kind.COMMIT, word(FakeStoreTrouble.UNAVAILABLE)),
            new Variant(Kind.ELSEWHERE, ""));
    private static final List<Variant> ADVICE = List.of(
            new Variant(Kind.ADVICE, "both 20s"),
            new Variant(Kind.ADVICE, "other 20s"),
            new Variant(Kind.ADVICE, "nobody 20s"));
    private static final List<Variant> SESSION =
            List.of(new Variant(Kind.SESSION, "5s"), new Variant(Kind.SESSION, "40s"));
    private static final List<Variant> STALE =
            List.of(new Variant(Kind.STALE, "5s 5s"), new Variant(Kind.STALE, "30s 20s"));
    private static final List<Variant> OUTDATED =
            List.of(new Variant(Kind.OUTDATED, "2s"), new Variant(Kind.OUTDATED, "8s"));
    private static final List<Variant> PAUSES = List.of(
            new Variant(Kind.PAUSE, "10s"),
            new Variant(Kind.PAUSE, "90s"),
            new Variant(Kind.PAUSE, "3600s"),
            new Variant(Kind.WALL, "3600s"),
            new Variant(Kind.WALL, "-3600s"));

    private static List<Variant> store(FakeStoreTrouble... troubles) {
        List<Variant> all = new ArrayList<>();
        for (FakeStoreTrouble trouble : troubles) {
            all.add(new Variant(Kind.STORE, word(trouble)));
        }
        return List.copyOf(all);
    }

    private static String word(FakeStoreTrouble trouble) {
        return trouble.name().toLowerCase(Locale.ROOT);
    }

    /** The trouble that a detail names. */
    static FakeStoreTrouble trouble(Fault fault) {
        return FakeStoreTrouble.valueOf(fault.way().toUpperCase(Locale.ROOT));
    }

    /** What a class of faults, crashes apart, can do to a call of this sort; empty if nothing. */
    static List<Variant> of(FaultClass family, Sort sort, boolean elects, boolean stores) {
        return switch (family) {
            case CRASH -> List.of();
            case ANSWERS ->
                switch (sort) {
                    case PROMPT -> PROMPT;
                    case REMOTE -> REMOTE;
                    case COMMIT -> COMMIT;
                    case LOOK -> LOOK;
                    case PASS, SYNC -> List.of();
                };
            case CONFLICTS -> sort == Sort.COMMIT ? CONFLICT : List.of();
            case LEADERS -> {
                List<Variant> all = new ArrayList<>(elects ? ADVICE : List.of());
                all.addAll(stores ? SESSION : List.of());
                yield all;
            }
            case STALE -> sort == Sort.LOOK ? STALE : sort == Sort.REMOTE || sort == Sort.PROMPT ? OUTDATED : List.of();
            case PAUSES -> PAUSES;
        };
    }

    /** Whether a run with it lasts long, so that it is played more seldom. */
    boolean isLong() {
        return kind == Kind.PAUSE && detail.equals("3600s");
    }

    Fault at(Port port, int occurrence) {
        return new Fault(kind, port.process(), port.name(), occurrence, detail);
    }
}
