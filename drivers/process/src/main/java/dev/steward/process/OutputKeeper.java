package dev.steward.process;

import dev.steward.instance.Incarnation;
import dev.steward.instance.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the output of all that lives: sets files aside that are large, and forwards lines to the log, if either is asked for. Safe for use
 * by many threads.
 *
 * <p><b>A thread of its own</b>, a daemon named after that of the driver with {@code -output} at the end, because to copy 50 MiB to a slow disk
 * takes long, and so may a log that is full; no order of the driver waits for either. Everything is done on that one thread, in turn, so
 * nothing is cut that is still to be forwarded. Without rotation and forwarding there is no thread. {@link #close} gives up a copy at hand.
 *
 * <p><b>What it costs.</b> One look at each file of what lives: once a second, and five times with forwarding, of which those are left out that
 * have been quiet. A file is opened only when there is something to read in it. Of a flood only what is near its end is read: each look reads at
 * most {@value FollowedFile#MOST_BEHIND} bytes of each file.
 */
final class OutputKeeper implements DriverThread.Chores {
    private static final Logger log = LoggerFactory.getLogger(OutputKeeper.class);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long OFTEN = Duration.ofMillis(200).toNanos();
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final int CHUNK = 64 * 1024;
    private static final int MOST_INSTANCES = 10_000;

    private final OutputFolder outputs;
    private final ProcessOptions options;
    private final Rotator rotator;
    private final @Nullable DriverThread thread;
    private final Map<Incarnation, Followed> all = new HashMap<>();
    private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();
    private final byte[] chunk;
    private long due = System.nanoTime();
    private volatile boolean stopped;

    /** The output of one life. */
    private static final class Followed {
        final List<FollowedFile> files = new ArrayList<>();
        final @Nullable Forwarder forwarder;
        long due = System.nanoTime();
        long period = OFTEN;

        Followed(@Nullable Forwarder forwarder) {
            this.forwarder = forwarder;
        }
    }

    /** @param name of the thread */
    OutputKeeper(OutputFolder outputs, ProcessOptions options, String name, ThreadFactory threads) {
        this.outputs = outputs;
        this.options = options;
        this.rotator = new Rotator(outputs, options.rotation().keep(), () -> stopped);
        this.chunk = new byte[options.forwarding().isOn() ? CHUNK : 0];
        boolean needed = options.rotation().isOn() || options.forwarding().isOn();
        this.thread = needed ? new DriverThread(name, threads, this) : null;
    }

    /** @throws OutOfMemoryError if the system has no thread left */
    void start() {
        if (thread != null) {
            thread.start();
        }
    }

    /** Gives up what it is doing, after it has forwarded what is there; waits for that, but not for long. */
    void stop() {
        stopped = true;
        if (thread != null && !thread.stop(CLOSE_LIMIT)) {
            log.atWarn().log("output is still being copied or forwarded at close");
        }
    }

    /** Follows the output of a life that is about to begin, from where the files are now. */
    void launching(String name, Incarnation life, Mask mask) {
        follow(name, life, mask, false);
    }

    /**
     * Follows the output of a life that began under another driver, from where the files are now.
     *
     * @param mask if nobody knows what must be hidden, nothing is forwarded
     */
    void adopted(String name, Incarnation life, Mask mask) {
        follow(name, life, mask, true);
    }

    /** Forwards the rest of a life that has ended, and forgets it. */
    void ended(Incarnation life) {
        if (thread != null) {
            thread.post(() -> finish(life));
        }
    }

    private void follow(String name, Incarnation life, Mask mask, boolean inside) {
        if (thread == null) {
            return;
        }
        Forwarder forwarder = null;
        if (options.forwarding().isOn() && mask == Mask.UNKNOWN) {
            log.atWarn().addKeyValue("instance", name).log("not forwarded: nobody knows which secrets it was given");
        } else if (options.forwarding().isOn()) {
            forwarder = new Forwarder(name, allowance(name), System.nanoTime());
        }
        var followed = new Followed(forwarder);
        for (Output output : Output.values()) {
            Path path = outputs.file(name, output);
            OutputFolder.Seen begin = outputs.look(path);
            if (begin != null) {
                var file = new FollowedFile(outputs, path, output, begin, mask, forwarder, options.longestLine());
                if (inside) {
                    file.startInside();
                }
                followed.files.add(file);
            }
        }
        thread.post(() -> all.put(life, followed));
    }

    /** One that is launched again and again may not say more than one that lives. */
    private Allowance allowance(String name) {
        if (allowances.size() >= MOST_INSTANCES) {
            allowances.clear();
        }
        return allowances.computeIfAbsent(name, any -> new Allowance(options.forwarding(), System.nanoTime()));
    }

    private void finish(Incarnation life) {
        Followed followed = all.remove(life);
        if (followed != null) {
            tend(followed, System.nanoTime());
            finish(followed);
        }
    }

    private static void finish(Followed followed) {
        followed.files.forEach(FollowedFile::finish);
        if (followed.forwarder != null) {
            followed.forwarder.tell(true);
        }
    }

    @Override
    public long idleNanos() {
        return all.isEmpty() ? Long.MAX_VALUE : Math.max(0, due - System.nanoTime());
    }

    @Override
    public void settle() {
        if (!all.isEmpty() && due - System.nanoTime() <= 0) {
            sweep();
        }
    }

    /** Looks at all that may have changed. */
    @Override
    public void sweep() {
        for (Followed followed : all.values()) {
            long now = System.nanoTime();
            if (stopped) {
                return;
            }
            if (followed.due - now <= 0) {
                boolean quiet = !tend(followed, now);
                followed.period = quiet ? Math.min(SECOND, followed.period * 2) : OFTEN;
                followed.due = now + (options.forwarding().isOn() ? followed.period : SECOND);
            }
        }
        due = System.nanoTime() + (options.forwarding().isOn() ? OFTEN : SECOND);
    }

    /** Answers whether there was anything new to forward. */
    private boolean tend(Followed followed, long now) {
        boolean any = false;
        if (followed.forwarder != null) {
            followed.forwarder.at(now);
        }
        for (FollowedFile file : followed.files) {
            OutputFolder.Seen seen = outputs.look(file.file());
            if (seen != null && seen.key().equals(file.key()) && !file.rests(now)) {
                any |= tend(file, seen, now);
            }
        }
        if (followed.forwarder != null) {
            followed.forwarder.tell(false);
        }
        return any;
    }

    private boolean tend(FollowedFile file, OutputFolder.Seen seen, long now) {
        boolean any = false;
        try {
            any = file.follow(seen, chunk);
        } catch (IOException unreadable) {
            log.atWarn().log("output cannot be forwarded: {}", unreadable.toString());
            file.rest(now + PAUSE);
        }
        if (options.rotation().isOn() && seen.size() >= options.rotation().maxBytes()) {
            if (!stopped && !rotator.setAside(file.file(), file.key())) {
                file.rest(now + PAUSE);
            }
        }
        return any;
    }

    /** Forwards what is there by now. */
    @Override
    public void close() {
        for (Followed followed : all.values()) {
            tend(followed, System.nanoTime());
            finish(followed);
        }
        all.clear();
    }
}
