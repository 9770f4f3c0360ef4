package dev.steward.instance;

import dev.steward.instance.RestartAnswer.Outcome;
import dev.steward.instance.RestartAnswer.Verdict;
import dev.steward.kernel.Due;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Carries out requests for restarts, and tells what became of each. Not safe for use by many threads. */
final class Restarting {
    private final Host host;
    private final Map<String, Set<Job>> waiting = new HashMap<>();
    private final Replies replies;

    /** Answers through {@code replies}. */
    Restarting(Host host, Replies replies) {
        this.host = host;
        this.replies = replies;
    }

    /** What a manager answers that takes no requests any more. */
    static RestartAnswer closed(List<String> names) {
        return new RestartAnswer(names.stream()
                .map(name -> new Outcome(name, Verdict.CLOSED, ""))
                .toList());
    }

    void begin(List<String> names, RestartOrder order, CompletableFuture<RestartAnswer> future) {
        new Job(new LinkedHashSet<>(names), order, future).begin();
    }

    /** An instance has entered another state, or is about to be forgotten. */
    void changed(InstanceRunner runner) {
        for (Job job : List.copyOf(waiting.getOrDefault(runner.name(), Set.of()))) {
            host.schedule().ready(job.slot);
        }
    }

    /** Nothing will come of it any more. */
    void close() {
        waiting.values().stream().flatMap(Set::stream).distinct().toList().forEach(Job::abandon);
    }

    /** One request. */
    private final class Job implements Due {
        private final List<String> names;
        private final RestartOrder order;
        private final CompletableFuture<RestartAnswer> future;
        private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
        private final Map<String, Try> tries = new LinkedHashMap<>();
        private final int slot;
        private int next;

        /** A restart under way: of which life, and until when it may take. */
        private record Try(long began, long until) {}

        Job(Set<String> names, RestartOrder order, CompletableFuture<RestartAnswer> future) {
            this.names = List.copyOf(names);
            this.order = order;
            this.future = future;
            this.slot = host.schedule().add(this);
        }

        void begin() {
            names.forEach(this::isRefused);
            advance();
        }

        private boolean isRefused(String name) {
            InstanceRunner runner = host.roster().find(name);
            if (runner == null || runner.wanted().isWithdrawn()) {
                settle(name, Verdict.UNKNOWN_ID, "");
            } else if (!runner.isOperable()) {
                settle(name, Verdict.INOPERABLE, "");
            } else if (!runner.wanted().up()) {
                settle(name, Verdict.NOT_WANTED_UP, "");
            } else if (runner.standing().handsOff() != null) {
                settle(name, Verdict.HELD, runner.standing().handsOff().text());
            } else {
                return false;
            }
            return true;
        }

        private void advance() {
            while (next < names.size() && (order == RestartOrder.TOGETHER || tries.isEmpty())) {
                String name = names.get(next++);
                if (!outcomes.containsKey(name)) {
                    if (isRefused(name)) {
                        leaveTheRest();
                    } else {
                        restart(name);
                    }
                }
            }
            if (outcomes.size() == names.size()) {
                finish();
            }
        }

        private void restart(String name) {
            InstanceRunner runner = host.roster().find(name);
            if (runner == null) {
                return;
            }
            long now = host.pass().now();
            tries.put(
                    name,
                    new Try(
                            runner.history().launches(),
                            now + limit(runner.wanted().spec())));
            waiting.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(this);
            runner.restart();
            nextLook();
        }

        /** As long as the whole of a stop and a start may take. */
        private static long limit(InstanceSpec spec) {
            StartPlan start = spec.startup();
            long nanos = Duration.ofSeconds(1).toNanos();
            for (Duration part : List.of(spec.stop().length(), start.patience(), start.limit())) {
                nanos += Math.min(TimeSource.saturatedNanos(part), Long.MAX_VALUE / 8);
            }
            return nanos;
        }

        private void nextLook() {
            long earliest = Long.MAX_VALUE;
            for (Try one : tries.values()) {
                earliest = Math.min(earliest, one.until() - host.pass().now());
            }
            if (earliest != Long.MAX_VALUE) {
                host.schedule().at(slot, host.pass().now() + earliest);
            }
        }

        @Override
        public void run(long now) {
            boolean failed = false;
            for (Map.Entry<String, Try> entry : List.copyOf(tries.entrySet())) {
                failed |= look(entry.getKey(), entry.getValue(), now);
            }
            if (failed) {
                leaveTheRest();
            }
            advance();
            nextLook();
        }

        private void leaveTheRest() {
            while (order == RestartOrder.ROLLING && next < names.size()) {
                settle(names.get(next++), Verdict.NOT_TRIED, "");
            }
        }

        /** Answers whether it has failed. */
        private boolean look(String name, Try one, long now) {
            InstanceRunner runner = host.roster().find(name);
            if (runner == null
                    || runner.wanted().isWithdrawn()
                    || !runner.wanted().up()) {
                settle(name, Verdict.FAILED, "not wanted up any more");
            } else if (runner.standing().isUp() && runner.history().launches() > one.began()) {
                settle(name, Verdict.RESTARTED, "");
                return false;
            } else if (runner.restarts().hasCompleted() && runner.history().launches() > one.began()) {
                settle(name, Verdict.RESTARTED, "has completed");
                return false;
            } else if (runner.restarts().rests() != null) {
                settle(name, Verdict.FAILED, runner.restarts().rests().text());
            } else if (now - one.until() >= 0) {
                settle(
                        name,
                        Verdict.FAILED,
                        "not up again in time: " + runner.teller().cause());
            } else {
                return false;
            }
            return true;
        }

        private void settle(String name, Verdict verdict, String text) {
            if (outcomes.putIfAbsent(name, new Outcome(name, verdict, text)) == null) {
                tries.remove(name);
                Set<Job> jobs = waiting.get(name);
                if (jobs != null && jobs.remove(this) && jobs.isEmpty()) {
                    waiting.remove(name);
                }
            }
        }

        private void finish() {
            host.schedule().remove(slot);
            var answer = new RestartAnswer(names.stream().map(outcomes::get).toList());
            replies.add(future, answer);
        }

        private void abandon() {
            names.forEach(name -> settle(name, Verdict.CLOSED, ""));
            finish();
        }

        @Override
        public String name() {
            return "restart";
        }
    }
}
