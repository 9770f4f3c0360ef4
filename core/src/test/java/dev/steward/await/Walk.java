package dev.steward.await;

import dev.steward.await.NameResult.Outcome;
import dev.steward.await.Scene.Fault;
import dev.steward.event.Reason;
import dev.steward.event.StateChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A seeded history of events, delays, cancellations and a close, over a few names, and what one wait has to make of it by the
 * slow and simple reading of the rules: for each name, look through the whole history again.
 */
record Walk(long seed, List<String> names, List<String> states, Duration limit, List<Act> acts) {
    private static final String[] WORDS = {"A", "B", "C"};

    /** One thing that happens. */
    enum Verb {
        ENTER,
        FAIL,
        IGNORED_FAILURE,
        FOREIGN_REQUEST,
        OWN_REQUEST,
        PASS,
        CANCEL,
        CLOSE
    }

    /** {@code at} is the time since the opening. */
    record Act(Verb verb, Duration at, String name, String state) {}

    /** How a name ends, and by which act; -1 for by none. */
    record Expected(Outcome outcome, int act, int matched) {}

    static Walk of(long seed) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            names.add("n" + i);
        }
        List<String> states = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            states.add(WORDS[random.nextInt(WORDS.length)]);
        }
        Duration limit = Duration.ofSeconds(random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(30));
        List<Act> acts = new ArrayList<>();
        Duration now = Duration.ZERO;
        for (int i = random.nextInt(60); i > 0; i--) {
            now = now.plusSeconds(random.nextInt(3) == 0 ? random.nextInt(3) : 0);
            String name = random.nextInt(5) == 0 ? "other" : names.get(random.nextInt(names.size()));
            acts.add(new Act(verb(random), now, name, WORDS[random.nextInt(WORDS.length)]));
        }
        return new Walk(seed, names, states, limit, acts);
    }

    private static Verb verb(Random random) {
        int dice = random.nextInt(100);
        if (dice < 60) {
            return Verb.ENTER;
        }
        if (dice < 75) {
            return Verb.PASS;
        }
        return dice < 79
                ? Verb.FAIL
                : dice < 84
                        ? Verb.IGNORED_FAILURE
                        : dice < 90
                                ? Verb.FOREIGN_REQUEST
                                : dice < 96 ? Verb.OWN_REQUEST : dice < 99 ? Verb.CANCEL : Verb.CLOSE;
    }

    StateWaitBuilder builder(Scene scene) {
        return scene.forAll(names.toArray(String[]::new))
                .toReach(states)
                .within(limit)
                .notFailingOn(Fault.REFUSED)
                .forRequest("mine");
    }

    /** Does to the scene, or to the wait, what the act says; time has been brought there. */
    void play(Act act, Scene scene, StateWait wait) {
        StateChange entered = StateChange.entered(Scene.NODE, act.name, act.state);
        switch (act.verb) {
            case ENTER -> scene.feed.publish(entered);
            case OWN_REQUEST -> scene.feed.publish(entered.answering("mine"));
            case FOREIGN_REQUEST -> scene.feed.publish(entered.answering("another"));
            case FAIL -> scene.fail(act.name, new Reason(Fault.BROKEN, ""));
            case IGNORED_FAILURE -> scene.fail(act.name, new Reason(Fault.REFUSED, ""));
            case PASS -> wait.manageOnce();
            case CANCEL -> wait.cancel(Scene.NODE, act.name);
            case CLOSE -> wait.close();
        }
    }

    /** The slow matcher. */
    Map<String, Expected> expected() {
        Map<String, Expected> all = new HashMap<>();
        for (String name : names) {
            all.put(name, expected(name));
        }
        return all;
    }

    private Expected expected(String name) {
        int matched = 0;
        for (int i = 0; i < acts.size(); i++) {
            Act act = acts.get(i);
            if (!limit.isZero() && act.at.compareTo(limit) >= 0) {
                return new Expected(Outcome.TIMED_OUT, i, matched);
            }
            boolean mine = act.name.equals(name);
            if (act.verb == Verb.CLOSE || (act.verb == Verb.CANCEL && mine)) {
                return new Expected(Outcome.CANCELLED, i, matched);
            }
            if (act.verb == Verb.FAIL && mine) {
                return new Expected(Outcome.FAILED, i, matched);
            }
            boolean entered = act.verb == Verb.ENTER || act.verb == Verb.OWN_REQUEST;
            if (entered && mine && act.state.equals(states.get(matched)) && ++matched == states.size()) {
                return new Expected(Outcome.FINISHED, i, matched);
            }
        }
        return new Expected(Outcome.PENDING, -1, matched);
    }
}
