package dev.steward.process;

import dev.steward.instance.Incarnation;
import dev.steward.instance.Output;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where the output of each life that is there begins in the files of its instance. Safe for use by many threads. */
final class Beginnings implements OutputsOf {
    private record From(long stdout, long stderr) {}

    private final OutputFolder outputs;
    private final Map<Incarnation, From> lives = new ConcurrentHashMap<>();

    Beginnings(OutputFolder outputs) {
        this.outputs = outputs;
    }

    /** A life is about to begin, and whatever is in the files now is of earlier ones. */
    void begin(String name, Incarnation life) {
        found(life, size(name, Output.STDOUT), size(name, Output.STDERR));
    }

    /** A life was found of which somebody knows where it began. */
    void found(Incarnation life, long stdout, long stderr) {
        lives.put(life, new From(stdout, stderr));
    }

    /** A life is over. */
    void forget(Incarnation life) {
        lives.remove(life);
    }

    @Override
    public @Nullable Part part(String name, Incarnation life, Output output) {
        From from = lives.get(life);
        return from == null
                ? null
                : new Part(
                        outputs, outputs.file(name, output), output == Output.STDOUT ? from.stdout() : from.stderr());
    }

    private long size(String name, Output output) {
        return outputs.size(outputs.file(name, output));
    }
}
