package dev.steward.testkit.proof.gallery;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A board with jobs to be done, which says so when one is put up. Not safe for use by many threads. */
final class Jobs implements JobApi {
    private final Set<String> open = new TreeSet<>();
    private Runnable news = () -> {};

    Jobs() {}

    @Override
    public void open(Consumer<Set<String>> then) {
        then.accept(new TreeSet<>(open));
    }

    @Override
    public void finish(String job, Consumer<Boolean> then) {
        open.remove(job);
        then.accept(true);
    }

    /** Whom it tells that there is a new one. */
    void tells(Runnable whom) {
        news = whom;
    }

    void add(String job) {
        open.add(job);
        news.run();
    }

    boolean areDone() {
        return open.isEmpty();
    }
}
