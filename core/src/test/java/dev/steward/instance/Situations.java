package dev.steward.instance;

import dev.steward.event.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every situation in which the {@link Rule}s can be asked, reasons counted as there or not there. Not safe for use by many threads. */
final class Situations {
    static final Reason HANDS_OFF = new Reason(InstanceCause.HANDS_OFF, "hands off");
    static final Reason RESTS = new Reason(InstanceCause.GAVE_UP, "rests");
    static final Reason RECYCLE = new Reason(InstanceCause.RECYCLED, "recycle");
    static final Reason DEPENDENTS = new Reason(InstanceCause.DEPENDENTS_FIRST, "dependents");
    static final Reason DEPENDENCIES = new Reason(InstanceCause.DEPENDENCIES_FIRST, "dependencies");
    static final Reason OCCUPIED = new Reason(InstanceCause.EARLIER_PROCESS, "occupied");
    private static final boolean[] NO_YES = {false, true};

    private Situations() {}

    static List<Inputs> all() {
        List<Inputs> all = new ArrayList<>();
        for (boolean operable : NO_YES) {
            for (NextAction next : NextAction.values()) {
                for (TargetState target : TargetState.values()) {
                    for (boolean due : NO_YES) {
                        facts().forEach(facts -> all.add(new Inputs(operable, next, target, due, facts)));
                    }
                }
            }
        }
        return all;
    }

    private static List<Facts> facts() {
        List<Facts> all = new ArrayList<>();
        for (Facts.Presence presence : Facts.Presence.values()) {
            for (int bits = 0; bits < 1 << 8; bits++) {
                all.add(new Facts(
                        presence,
                        (bits & 1) != 0,
                        (bits & 2) != 0,
                        (bits & 128) != 0 ? HANDS_OFF : null,
                        (bits & 4) != 0 ? RESTS : null,
                        (bits & 8) != 0 ? RECYCLE : null,
                        (bits & 16) != 0 ? DEPENDENTS : null,
                        (bits & 32) != 0 ? DEPENDENCIES : null,
                        (bits & 64) != 0 ? OCCUPIED : null));
            }
        }
        return all;
    }

    /** Nobody has anything to say beyond the table: it runs or does not, and what was launched and does not run yet is still to come. */
    static Inputs plain(boolean operable, NextAction next, TargetState target, boolean running, boolean due) {
        Facts.Presence absent = next == NextAction.WAIT_START ? Facts.Presence.ORDERED : Facts.Presence.NONE;
        Facts.Presence presence = running ? Facts.Presence.ALIVE : absent;
        return new Inputs(
                operable, next, target, due, new Facts(presence, true, false, null, null, null, null, null, null));
    }

    /** What the rules make of it, in words: the same for the same. */
    static String words(Rule.@Nullable Ruling ruling) {
        return ruling == null ? "not in force" : ruling.inputs() + " as " + ruling.why();
    }
}
