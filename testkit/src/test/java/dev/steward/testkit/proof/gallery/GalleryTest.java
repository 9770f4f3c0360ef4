package dev.steward.testkit.proof.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testkit.proof.ProofFailure;
import dev.steward.testkit.proof.ProofReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The proof of the proof: what it finds in the gallery, whom it blames, and how fast it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GalleryTest {
    private static final int ENOUGH = 18;
    private static final Pattern AFTER = Pattern.compile("after (\\d+) runs");

    private final List<String> rows = new ArrayList<>();
    private int mistakes;
    private int found;
    private int twins;
    private int blamed;
    private Duration searching = Duration.ZERO;
    private Duration proving = Duration.ZERO;
    private Duration simulated = Duration.ZERO;
    private long runs;

    static List<Exhibit> exhibits() {
        return Exhibit.all();
    }

    @ParameterizedTest
    @MethodSource("exhibits")
    void finds_the_mistake(Exhibit exhibit) {
        mistakes++;
        long begun = System.nanoTime();
        ProofFailure failure = failure(exhibit);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        searching = searching.plus(took);
        if (failure != null) {
            found++;
        }
        rows.add(row(exhibit, failure, took));
    }

    @ParameterizedTest
    @MethodSource("exhibits")
    void leaves_the_mended_twin_alone(Exhibit exhibit) {
        twins++;
        blamed++; // unless it comes through
        ProofReport report = exhibit.proof().apply(true).run();
        blamed--;
        proving = proving.plus(report.took());
        simulated = simulated.plus(report.simulated());
        runs += report.total();
    }

    private static @Nullable ProofFailure failure(Exhibit exhibit) {
        try {
            exhibit.proof().apply(false).run();
            return null;
        } catch (ProofFailure failure) {
            return failure;
        }
    }

    private static String row(Exhibit exhibit, @Nullable ProofFailure failure, Duration took) {
        if (failure == null) {
            return String.format(Locale.ROOT, "  %-42s NOT FOUND in %,d ms", exhibit, took.toMillis());
        }
        Matcher after = AFTER.matcher(String.valueOf(failure.getMessage()));
        return String.format(
                Locale.ROOT,
                "  %-42s %-52s run %5s, %,6d ms, shrunk to %s",
                exhibit,
                failure.rule(),
                after.find() ? after.group(1) : "?",
                took.toMillis(),
                failure.run().replaceAll("; without event [0-9.]+", ""));
    }

    @AfterAll
    void prints_what_was_found() {
        rows.forEach(System.out::println);
        double seconds = Math.max(proving.toMillis(), 1) / 1e3;
        System.out.printf(
                Locale.ROOT,
                "gallery: %d mistakes, %d found, %d twins, %d blamed, in %.1f s (%.1f s for the mistakes); "
                        + "%,.0f runs/s, %,.0f simulated h/s with faults on%n",
                mistakes,
                found,
                twins,
                blamed,
                searching.plus(proving).toMillis() / 1e3,
                searching.toMillis() / 1e3,
                runs / seconds,
                simulated.toSeconds() / 3_600.0 / seconds);
        assertThat(found).as("mistakes that were found").isGreaterThanOrEqualTo(Math.min(mistakes, ENOUGH));
        assertThat(blamed).as("twins that were blamed").isZero();
    }
}
