package dev.steward.testkit.proof;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where on the page an instant stands. Time runs evenly, except that instants at which something happened never come closer than a
 * few pixels, and that a time in which nothing happened is cut short if it is much longer than such times usually are. Immutable.
 */
final class PageAxis {
    /** The least distance of two instants at which something happened, in pixels. */
    static final double APART = 9;

    private static final double BREAK = 96; // what a time that is cut short gets
    private static final double TORN = 30; // from the mark of a break to its end
    private static final double WIDTH = 1_000; // of all, unless there is too much
    private static final double LEAST = 500; // what is left to the passing of time, even so
    private static final int BREAKS = 12; // no more than this
    private static final double TAIL = 72; // what the last states get, so that they can be read
    private static final double LABELS = 26; // least room between the labels of two ticks
    private static final long[] ROUND = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200
    };
    private static final long SECOND = 1_000_000_000;

    private final long[] times;
    private final double[] xs;
    private final List<Break> breaks = new ArrayList<>();
    private final List<Tick> ticks = new ArrayList<>();

    /** A time that is drawn shorter than it was; {@code x} is where that is marked. */
    record Break(double x, Duration length) {}

    /** A time that is written on the axis. */
    record Tick(double x, String label) {}

    /** @param times the instants at which something happened, in nanoseconds; distinct and in order, at least one */
    PageAxis(long[] times) {
        checkArgument(times.length > 0, "no times");
        this.times = times.clone();
        this.xs = new double[times.length];
        long longest = longest();
        double scale = scale(longest);
        int stretch = 0;
        for (int i = 1; i < times.length; i++) {
            long gap = times[i] - times[i - 1];
            boolean cut = gap > longest;
            xs[i] = xs[i - 1] + (cut ? BREAK : APART + scale * gap);
            if (cut) {
                breaks.add(new Break(xs[i] - TORN, Duration.ofNanos(gap)));
                label(stretch, i - 1);
                stretch = i;
            }
        }
        label(stretch, times.length - 1);
    }

    /** Pixels for a nanosecond. */
    private double scale(long longest) {
        double even = 0;
        double fixed = TAIL;
        for (int i = 1; i < times.length; i++) {
            long gap = times[i] - times[i - 1];
            even += gap > longest ? 0 : gap;
            fixed += gap > longest ? BREAK : APART;
        }
        return even == 0 ? 0 : Math.max(WIDTH - fixed, LEAST) / even;
    }

    /** The longest time without anything that is drawn in full. */
    private long longest() {
        int gaps = times.length - 1;
        double factor = Math.min(Math.max(gaps / 3.0, 1.2), 2.5);
        double usual = gaps == 0 ? 0 : Double.MAX_VALUE;
        while (true) {
            double sum = 0;
            for (int i = 0; i < gaps; i++) {
                sum += Math.min((double) (times[i + 1] - times[i]), usual);
            }
            double next = gaps == 0 ? 0 : factor * sum / gaps;
            if (next >= usual * 0.999) {
                return Math.max((long) Math.min(2 * usual, Long.MAX_VALUE), longestBut(BREAKS));
            }
            usual = next;
        }
    }

    /** The longest time without anything but for so many longer ones; zero if there are not even so many. */
    private long longestBut(int longer) {
        long[] gaps = IntStream.range(1, times.length)
                .mapToLong(i -> times[i] - times[i - 1])
                .sorted()
                .toArray();
        return gaps.length <= longer ? 0 : gaps[gaps.length - 1 - longer];
    }

    /** Labels the times from one instant to another, between which no break is: the first one, and round ones as there is room. */
    private void label(int from, int to) {
        double free = ticks.isEmpty() ? -1 : end(ticks.get(ticks.size() - 1)) + LABELS;
        double start = Math.max(xs[from], free);
        if (xs[from] >= free) {
            Tick first = new Tick(xs[from], label(times[from]));
            ticks.add(first);
            start = end(first) + LABELS;
        }
        long step = step(times[to] - times[from], xs[to] - xs[from]);
        for (long time = (times[from] / step + 1) * step; time <= times[to]; time += step) {
            double x = x(time);
            if (x >= start) {
                Tick tick = new Tick(x, label(time));
                ticks.add(tick);
                start = end(tick) + LABELS;
            }
        }
    }

    private static double end(Tick tick) {
        return tick.x() + PageText.width(tick.label());
    }

    private static long step(long time, double pixels) {
        double least = Math.max(time, 1) * 90.0 / Math.max(pixels, 90);
        for (long unit = 1_000; unit < SECOND; unit *= 10) {
            for (int factor : new int[] {1, 2, 5}) {
                if (unit * factor >= least) {
                    return unit * factor;
                }
            }
        }
        for (long seconds : ROUND) {
            if (seconds * SECOND >= least) {
                return seconds * SECOND;
            }
        }
        long day = 86_400 * SECOND;
        return ((long) (least / day) + 1) * day;
    }

    /** Rounded to what can be seen. */
    private static String label(long nanos) {
        long unit = nanos >= SECOND ? 1_000_000 : 1_000;
        return ChronicleTime.of(Duration.ofNanos((nanos + unit / 2) / unit * unit));
    }

    /** Where an instant stands; what is earlier than the first one stands there. */
    double x(long nanos) {
        int place = Arrays.binarySearch(times, nanos);
        if (place >= 0) {
            return xs[place];
        }
        int next = -place - 1;
        if (next == 0) {
            return 0;
        }
        if (next == times.length) {
            return xs[next - 1];
        }
        double part = (nanos - times[next - 1]) / (double) (times[next] - times[next - 1]);
        return xs[next - 1] + part * (xs[next] - xs[next - 1]);
    }

    /** How wide all of it is. */
    double width() {
        return Math.max(xs[xs.length - 1] + TAIL, end(ticks.get(ticks.size() - 1)) + 4);
    }

    List<Break> breaks() {
        return List.copyOf(breaks);
    }

    List<Tick> ticks() {
        return List.copyOf(ticks);
    }
}
