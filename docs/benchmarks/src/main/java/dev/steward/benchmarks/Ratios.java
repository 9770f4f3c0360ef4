package dev.steward.benchmarks;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Prints the table of ratios from what JMH has written: the medians of the rounds and, of what is compared, also the least and the most of
 * a round. A goal is met if its median is within the bound and no round is on the wrong side of it by more than a factor of two.
 */
public final class Ratios {
    private Ratios() {}

    /** Takes the result files: those whose names differ only in {@code iterated} and {@code in-one-go} are one round. */
    public static void main(String[] args) throws IOException {
        List<List<Path>> rounds = Stream.of(args)
                .map(name -> name.replaceAll("(iterated|in-one-go)\\.json$", ""))
                .distinct()
                .map(name -> List.of(Path.of(name + "iterated.json"), Path.of(name + "in-one-go.json")))
                .toList();
        print(rounds, System.out);
    }

    static void print(List<List<Path>> rounds, PrintStream out) throws IOException {
        List<Results> results = new ArrayList<>();
        for (List<Path> files : rounds) {
            results.add(Results.read(files));
        }
        out.println("JDK " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors()
                + " processors, load average " + load() + " at the end, rounds: " + rounds.size());
        out.println();
        out.println("| goal | what | ours | peer | ratio (least to most) | wanted | | B/op |");
        out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
        for (Goal goal : Goals.all()) {
            row(goal, results, out);
        }
    }

    private static void row(Goal goal, List<Results> results, PrintStream out) {
        List<Results> measured = results.stream()
                .filter(one -> one.value(goal.ours()).isPresent())
                .filter(one -> !goal.hasPeer() || one.value(goal.peer()).isPresent())
                .toList();
        if (measured.isEmpty()) {
            return;
        }
        double[] all = sorted(measured, one -> measure(goal, one));
        String ours = goal.show(median(sorted(measured, one -> value(one, goal.ours()))));
        String peer = !goal.hasPeer() ? "" : goal.show(median(sorted(measured, one -> value(one, goal.peer()))));
        String bytes = measured.get(0).bytes(goal.ours()).isEmpty()
                ? ""
                : bytes(median(sorted(measured, one -> one.bytes(goal.ours()).orElseThrow())));
        out.println("| "
                + String.join(
                        " | ",
                        goal.id(),
                        goal.what(),
                        ours,
                        peer,
                        ratio(goal, all),
                        goal.wanted(),
                        met(goal, all),
                        bytes)
                + " |");
    }

    private static double measure(Goal goal, Results one) {
        return goal.measure(value(one, goal.ours()), goal.hasPeer() ? value(one, goal.peer()) : 1);
    }

    private static double value(Results results, String key) {
        return results.value(key).orElseThrow();
    }

    private static String ratio(Goal goal, double[] all) {
        Function<Double, String> show = goal.hasPeer() ? Goal::ratio : goal::show;
        String spread =
                all.length == 1 ? "" : "(" + show.apply(all[0]) + " to " + show.apply(all[all.length - 1]) + ")";
        return goal.hasPeer() ? (Goal.ratio(median(all)) + " " + spread).strip() : spread;
    }

    private static String met(Goal goal, double[] all) {
        if (!goal.isGoal()) {
            return "";
        }
        boolean most = goal.sense() == Goal.Sense.AT_MOST;
        boolean worst = goal.isMet(most ? all[all.length - 1] / 2 : all[0] * 2);
        return goal.isMet(median(all)) && worst ? "met" : "**missed**";
    }

    private static String bytes(double bytes) {
        return bytes < 0.5 ? "0" : String.format(Locale.ROOT, "%.0f", bytes);
    }

    private static double[] sorted(List<Results> results, ToDoubleFunction<Results> figure) {
        return results.stream().mapToDouble(figure).sorted().toArray();
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.exists(file)
                ? Splitter.on(' ').splitToList(Files.readString(file)).get(0)
                : "unknown";
    }
}
