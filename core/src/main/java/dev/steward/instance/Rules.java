package dev.steward.instance;

import dev.steward.event.Reason;
import java.util.ArrayList;
import java.util.List;

/** All {@link Rule}s together. Pure. */
final class Rules {
    private static final Rule[] IN_ORDER = Rule.values();

    private Rules() {}

    /** What the table is asked with, once every rule has had its say. */
    static Inputs apply(Inputs asked) {
        Inputs now = asked;
        for (Rule rule : IN_ORDER) {
            Rule.Ruling ruling = rule.apply(now);
            if (ruling != null) {
                now = ruling.inputs();
            }
        }
        return now;
    }

    /** What the rules in force say, in order. */
    static List<Reason> explain(Inputs asked) {
        List<Reason> said = new ArrayList<>(0);
        Inputs now = asked;
        for (Rule rule : IN_ORDER) {
            Rule.Ruling ruling = rule.apply(now);
            if (ruling != null) {
                now = ruling.inputs();
                said.add(ruling.why());
            }
        }
        return said;
    }
}
