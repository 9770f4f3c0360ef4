package dev.steward.process;

import dev.steward.instance.Incarnation;
import dev.steward.instance.Output;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the output of a life is. Safe for use by many threads. */
@FunctionalInterface
interface OutputsOf {
    /** What one life has written to a file: from {@code from} on, which is a position as {@link OutputFolder} has them. */
    record Part(OutputFolder folder, Path file, long from) {}

    /** Null if it is not known where the output of that life begins. */
    @Nullable
    Part part(String name, Incarnation life, Output output);
}
