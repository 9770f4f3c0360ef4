package dev.steward.testkit.proof.gallery;

import java.util.Set;
import java.util.function.Consumer;

/** How machines are had: what is asked twice with one id is done once. */
interface MachineApi {
    /** Starts a machine; one that was ever terminated is never started again. */
    void launch(String id, Consumer<Boolean> then);

    /** Ends a machine; it is no mistake if there is none. */
    void terminate(String id, Consumer<Boolean> then);

    /** Which machines there are. */
    void list(Consumer<Set<String>> then);
}
