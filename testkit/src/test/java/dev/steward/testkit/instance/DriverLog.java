package dev.steward.testkit.instance;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.Observation;
import java.util.ArrayList;
import java.util.List;

/** What a driver has told, as lines. Not safe for use by many threads. */
final class DriverLog implements DriverEvents {
    final List<String> lines = new ArrayList<>();
    final List<String> stderr = new ArrayList<>();

    @Override
    public void observed(Observation news) {
        if (news instanceof Observation.Running running) {
            lines.add(news.name() + " runs as " + running.pid());
        } else if (news instanceof Observation.Exited exited) {
            lines.add(news.name() + " " + exited.exit() + (exited.lingering() ? ", lingering" : ""));
            stderr.addAll(exited.stderr());
        } else if (news instanceof Observation.Refused refused) {
            lines.add(news.name() + " refused " + refused.why().code());
        } else if (news instanceof Observation.Measured measured) {
            lines.add(news.name() + " uses " + measured.memory());
        } else {
            lines.add(news.name() + " gone");
        }
    }

    @Override
    public void census(Census census) {
        List<String> running = new ArrayList<>();
        census.running().forEach(seen -> running.add(seen.name() + " " + seen.pid()));
        lines.add("census " + census.ticket() + " " + (census.isFailed() ? census.trouble() : running));
    }
}
