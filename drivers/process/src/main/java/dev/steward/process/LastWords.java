package dev.steward.process;

import dev.steward.instance.Output;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a life has written last to its standard error. Safe for use by many threads. */
final class LastWords {
    private static final Logger log = LoggerFactory.getLogger(LastWords.class);

    private LastWords() {}

    /**
     * The last lines at most, without what earlier lives wrote and without secrets. None if nobody knows which secrets the life was given
     * ({@link Mask#UNKNOWN}), and none if they cannot be read, which is logged: no trouble with a text costs the news of an exit.
     */
    static List<String> of(Life life, OutputFolder outputs, int lines) {
        if (life.mask() == Mask.UNKNOWN) {
            log.atDebug()
                    .addKeyValue("instance", life.name())
                    .log("last lines are not told: nobody knows which secrets it was given");
            return List.of();
        }
        try {
            return outputs.lastWords(outputs.file(life.name(), Output.STDERR), life.errorsFrom(), lines, life.mask());
        } catch (IOException | RuntimeException unreadable) {
            log.atWarn()
                    .addKeyValue("instance", life.name())
                    .log("last lines cannot be read: {}", unreadable.toString());
            return List.of();
        }
    }
}
