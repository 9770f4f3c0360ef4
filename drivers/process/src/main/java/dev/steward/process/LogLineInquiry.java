package dev.steward.process;

import dev.steward.instance.Incarnation;
import dev.steward.instance.Output;
import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether a life has written a certain line. Immutable but for what it need not search again. */
record LogLineInquiry(Searches searches, Output output, LinePattern wanted) implements Inquiry {
    /** How far each life has been searched, the last thousand of them. Safe for use by many threads. */
    static final class Searches {
        private static final int MOST = 1000;

        private record Key(Incarnation life, Output output, LinePattern wanted) {}

        private final OutputsOf outputs;
        private final Map<Key, LineSearch> searches = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, LineSearch> eldest) {
                return size() > MOST;
            }
        };

        Searches(OutputsOf outputs) {
            this.outputs = outputs;
        }

        private synchronized LineSearch of(Incarnation life, Output output, LinePattern wanted, long from) {
            return searches.computeIfAbsent(new Key(life, output, wanted), any -> new LineSearch(wanted, from));
        }
    }

    @Override
    public ProbeResult ask(Probe.Subject subject) throws IOException {
        OutputsOf.Part part = searches.outputs.part(subject.name(), subject.life(), output);
        if (part == null) {
            return ProbeResult.unwell("not known where the output of this life begins");
        }
        LineSearch search = searches.of(subject.life(), output, wanted, part.from());
        return search.find(part)
                ? ProbeResult.well()
                : ProbeResult.unwell("no line with " + wanted + " on " + output + " yet");
    }

    @Override
    public String toString() {
        return "line with " + wanted + " on " + output;
    }
}
