package dev.steward.testkit.proof.gallery;

import java.util.Set;
import java.util.function.Consumer;

/** A board with jobs to be done. */
interface JobApi {
    /** Which jobs are open. */
    void open(Consumer<Set<String>> then);

    /** Does a job; doing it twice is no mistake. */
    void finish(String job, Consumer<Boolean> then);
}
