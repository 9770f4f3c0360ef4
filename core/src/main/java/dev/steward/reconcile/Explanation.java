package dev.steward.reconcile;

import dev.steward.lead.LeaderPhase;
import dev.steward.lead.LeaderStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A thing of a loop, put into a few lines for people. */
final class Explanation {
    private Explanation() {}

    static String of(String name, Optional<ThingView> known, Optional<LeaderStatus> leader) {
        List<String> lines = new ArrayList<>();
        if (known.isEmpty()) {
            lines.add("there is no thing '" + name + "' here");
        } else {
            ThingView view = known.get();
            lines.add(name + (view.state().isEmpty() ? " was not seen yet" : " is " + view.state()) + ", "
                    + view.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " since " + view.since()
                    + (view.reason().isNone() ? "" : ": " + view.reason()));
            view.next().ifPresent(at -> lines.add("next: " + at));
            if (view.failures() > 0) {
                lines.add("failures in a row: " + view.failures());
            }
            view.holds().forEach(hold -> lines.add(hold.toString()));
        }
        leader.filter(status -> status.phase() != LeaderPhase.LEADING && status.phase() != LeaderPhase.COMMITTING)
                .ifPresent(status -> lines.add("this process does not lead: " + status.explain()));
        return String.join("\n", lines);
    }
}
