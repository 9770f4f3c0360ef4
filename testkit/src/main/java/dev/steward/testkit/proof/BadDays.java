package dev.steward.testkit.proof;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Many {@linkplain BadDay bad days}, one a seed, as many at once as there are processors. {@link Proof#ofDays} makes it. Immutable: each
 * method answers another one.
 */
public final class BadDays {
    /** The system property that names the one seed to play. */
    public static final String SEED = "steward.seed";

    private static final int BLOCK = 100;

    private final String name;
    private final LongFunction<? extends BadDay> make;
    private final long first;
    private final long last;
    private final int twiceEvery;

    BadDays(String name, LongFunction<? extends BadDay> make, long first, long last, int twiceEvery) {
        this.name = checkNotNull(name, "name");
        this.make = checkNotNull(make, "make");
        this.first = first;
        this.last = last;
        this.twiceEvery = twiceEvery;
    }

    /** How one day went. */
    private record End(
            long seed,
            int played,
            Duration simulated,
            int faults,
            @Nullable AssertionError failure) {}

    /** The seeds to play, both included. */
    public BadDays seeds(long first, long last) {
        checkArgument(first <= last, "no seeds from %s to %s", first, last);
        return new BadDays(name, make, first, last, twiceEvery);
    }

    /** Plays each seed that this divides a second time, and compares; none at first. */
    public BadDays twiceEvery(int number) {
        checkArgument(number >= 1, "twice every %s", number);
        return new BadDays(name, make, first, last, number);
    }

    /**
     * Plays them all, or the one that {@value #SEED} names, and prints in one line how many that were and how fast.
     *
     * @throws AssertionError for the first seed on which something went wrong: why, how to repeat it, and the report of its simulation
     */
    public ProofReport run() {
        Long only = Long.getLong(SEED);
        return only == null ? playAll(first, last) : playAll(only, only);
    }

    private ProofReport playAll(long from, long to) {
        long begun = System.nanoTime();
        int days = 0;
        long faults = 0;
        Duration simulated = Duration.ZERO;
        for (long block = from; block <= to; block += BLOCK) {
            for (End end : play(block, Math.min(block + BLOCK - 1, to))) {
                if (end.failure != null) {
                    throw end.failure;
                }
                days += end.played;
                faults += end.faults;
                simulated = simulated.plus(end.simulated);
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        ProofReport report = new ProofReport(name, Map.of("seeds", days), 0, faults, simulated, took, List.of());
        System.out.println(report);
        return report;
    }

    /** The first seed on which something goes wrong, as it should where a defect is planted; empty if there is none. Prints which. */
    public OptionalLong firstFound() {
        long most = Runtime.getRuntime().availableProcessors(); // more and more: it is mostly one of the first
        for (long from = first; from <= last; from += most, most = Math.min(2 * most, BLOCK)) {
            for (End end : play(from, Math.min(from + most - 1, last))) {
                if (end.failure != null) {
                    String why =
                            String.valueOf(end.failure.getMessage()).strip().replaceAll("\\s+", " ");
                    System.out.println(name + " is found with seed " + end.seed + ": "
                            + why.substring(0, Math.min(why.length(), 200)));
                    return OptionalLong.of(end.seed);
                }
            }
        }
        return OptionalLong.empty();
    }

    private List<End> play(long from, long to) {
        return LongStream.rangeClosed(from, to).parallel().mapToObj(this::play).toList();
    }

    private End play(long seed) {
        BadDay day = make.apply(seed);
        int played = 1;
        AssertionError failure = null;
        try {
            long hash = day.play();
            if (twiceEvery > 0 && seed % twiceEvery == 0) {
                played++;
                long second = make.apply(seed).play();
                if (second != hash) {
                    throw new AssertionError("played twice, it goes two ways: " + hash + ", then " + second);
                }
            }
        } catch (RuntimeException | AssertionError thrown) {
            failure = failure(day, seed, thrown);
        }
        return new End(
                seed,
                played,
                day.simulation().elapsed().multipliedBy(played),
                day.simulation().faults().fired().size(),
                failure);
    }

    private AssertionError failure(BadDay day, long seed, Throwable thrown) {
        String why = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
        Chronicle written =
                day instanceof HasChronicle told ? told.chronicle() : new ChronicleRecorder().chronicle(name);
        Chronicle chronicle = written.withFailure(why).withFact("seed", seed);
        String message = String.join(
                System.lineSeparator(),
                why,
                name + ": again with -D" + SEED + "=" + seed,
                day.simulation().report());
        return new DayFailure(message, chronicle, thrown);
    }
}
