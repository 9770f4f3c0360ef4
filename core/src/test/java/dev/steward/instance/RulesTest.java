package dev.steward.instance;

import static dev.steward.instance.Rule.DEPENDENCIES_FIRST;
import static dev.steward.instance.Rule.DEPENDENTS_FIRST;
import static dev.steward.instance.Rule.ENDED_EARLY;
import static dev.steward.instance.Rule.HANDS_OFF;
import static dev.steward.instance.Rule.NEVER_TWO;
import static dev.steward.instance.Rule.READINESS;
import static dev.steward.instance.Rule.RECYCLE;
import static dev.steward.instance.Rule.REST;
import static dev.steward.instance.Rule.START_LIMIT;
import static dev.steward.instance.Rule.STOP_PLAN;
import static dev.steward.instance.Rule.TAKE_BACK;
import static dev.steward.instance.Rule.WHOLE_TREE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Resolver.Act;
import dev.steward.instance.Resolver.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** All rules together, each pair of them, and the table behind them: in every situation that there is. */
class RulesTest {
    private static final List<Inputs> ALL = Situations.all();

    /** What comes of one situation: the rules that were in force, what the table was asked with, and what it answered. */
    private record Run(Inputs asked, Set<Rule> inForce, Inputs fed, Outcome outcome) {
        static Run of(Inputs asked) {
            Set<Rule> inForce = EnumSet.noneOf(Rule.class);
            Inputs now = asked;
            for (Rule rule : Rule.values()) {
                Rule.Ruling ruling = rule.apply(now);
                if (ruling != null) {
                    inForce.add(rule);
                    now = ruling.inputs();
                }
            }
            Outcome outcome =
                    Resolver.resolve(now.operable(), now.next(), now.target(), now.running(), false, now.due());
            return new Run(asked, inForce, now, outcome);
        }

        boolean launches() {
            return outcome.act() == Act.LAUNCH && fed.held() == null;
        }

        boolean isAtRest() {
            boolean launchIsPutOff = outcome.act() == Act.LAUNCH && fed.held() != null;
            return launchIsPutOff || (outcome.next() == asked.next() && outcome.note() == Note.NONE);
        }

        boolean terminates() {
            return outcome.act() == Act.TERMINATE;
        }

        Facts facts() {
            return asked.facts();
        }
    }

    private static List<Run> runs() {
        return ALL.stream().map(Run::of).toList();
    }

    @Test
    void apply_is_each_rule_after_the_other() {
        for (Run run : runs()) {
            assertThat(Rules.apply(run.asked)).isEqualTo(run.fed);
            assertThat(Rules.explain(run.asked)).hasSameSizeAs(run.inForce);
        }
    }

    @Test
    void the_table_is_alone_where_nothing_is_special_but_launches_no_second_copy_as_the_reference_does() {
        for (Inputs in : ALL) {
            Inputs plain = Situations.plain(in.operable(), in.next(), in.target(), in.running(), in.due());
            boolean secondCopy = plain.wantedUp() && plain.isBeforeLaunch() && plain.running();

            if (secondCopy) {
                assertThat(Run.of(plain).inForce).contains(Rule.TAKE_BACK);
            } else {
                assertThat(Rules.apply(plain)).as("%s", plain).isSameAs(plain);
                assertThat(Rules.explain(plain)).isEmpty();
            }
        }
    }

    @Test
    void nothing_is_launched_beside_what_is_there_or_may_be() {
        for (Run run : runs()) {
            if (run.launches()) {
                assertThat(run.facts().presence()).as("%s", run).isEqualTo(Facts.Presence.NONE);
                assertThat(run.facts().occupied()).as("%s", run).isNull();
            }
        }
    }

    @Test
    void only_what_is_wanted_up_and_kept_down_by_nobody_is_launched() {
        for (Run run : runs()) {
            if (run.launches()) {
                assertThat(run)
                        .matches(one -> one.asked.wantedUp() && one.asked.is(NextAction.START))
                        .matches(one ->
                                one.facts().rests() == null && one.facts().dependencies() == null);
            }
        }
    }

    @Test
    void what_nothing_keeps_down_is_launched() {
        for (Run run : runs()) {
            boolean free = run.facts().presence() == Facts.Presence.NONE
                    && run.facts().occupied() == null
                    && run.facts().dependencies() == null
                    && run.facts().rests() == null
                    && run.facts().handsOff() == null;
            if (run.asked.operable() && run.asked.wantedUp() && run.asked.is(NextAction.START) && free) {
                assertThat(run.launches()).as("%s", run).isTrue();
            }
        }
    }

    @Test
    void with_what_is_held_nothing_is_begun() {
        for (Inputs in : ALL) {
            Run run = Run.of(settled(in));
            if (run.facts().handsOff() != null) {
                assertThat(run.launches()).as("%s", run).isFalse();
                assertThat(run.terminates() && run.facts().isThere())
                        .as("%s", run)
                        .isFalse();
                if (run.fed.escalate()) {
                    assertThat(run.asked.next()).as("of a stop under way").isEqualTo(NextAction.WAIT_DEAD);
                }
            }
        }
    }

    @Test
    void what_is_held_comes_to_rest() {
        for (Inputs any : ALL) {
            if (any.target() == TargetState.PASSIVE) {
                continue; // nobody can ask for that
            }
            Run first = Run.of(settled(any));
            Run run = first;
            for (int step = 0; run.facts().handsOff() != null && !run.isAtRest(); step++) {
                assertThat(step).as("steps from %s to %s", first, run).isLessThan(5);
                Inputs in = run.fed;
                run = Run.of(
                        settled(new Inputs(in.operable(), run.outcome.next(), run.asked.target(), false, in.facts())));
            }
        }
    }

    /** Nothing lingers of what is held but of a stop under way: it is looked after elsewhere, and keeps the name occupied. */
    private static Inputs settled(Inputs in) {
        Facts facts = in.facts();
        if (facts.handsOff() == null || !facts.isLingering() || in.is(NextAction.WAIT_DEAD)) {
            return in;
        }
        Facts settled = new Facts(
                Facts.Presence.NONE,
                facts.ready(),
                facts.moreSignals(),
                facts.handsOff(),
                facts.rests(),
                facts.recycle(),
                facts.dependents(),
                facts.dependencies(),
                Situations.OCCUPIED);
        return new Inputs(in.operable(), in.next(), in.target(), in.due(), settled);
    }

    @Test
    void only_what_is_wanted_down_or_to_be_restarted_is_stopped() {
        for (Run run : runs()) {
            if (run.terminates()) {
                boolean notReadyInTime = run.inForce.contains(Rule.START_LIMIT);
                assertThat(run)
                        .matches(one -> one.asked.wantedDown() || one.facts().recycle() != null || notReadyInTime);
            }
        }
    }

    @Test
    void nothing_is_stopped_before_its_dependents_for_being_wanted_down() {
        for (Run run : runs()) {
            if (run.terminates() && run.asked.wantedDown() && run.facts().isAlive()) {
                assertThat(run.facts().dependents()).as("%s", run).isNull();
            }
        }
    }

    @Test
    void nothing_changes_the_target_of_what_is_only_watched_or_of_what_nobody_can_operate() {
        for (Run run : runs()) {
            if (run.asked.target() == TargetState.PASSIVE) {
                assertThat(run.fed.target()).isEqualTo(TargetState.PASSIVE);
                assertThat(run.outcome.act()).isEqualTo(Act.NOTHING);
            }
            if (!run.asked.operable()) {
                assertThat(run.outcome).returns(1, Outcome::row).returns(Act.NOTHING, Outcome::act);
            }
        }
    }

    @Test
    void a_signal_is_added_only_to_a_stop_under_way_of_what_is_still_there() {
        for (Run run : runs()) {
            if (run.fed.escalate()) {
                assertThat(run.asked)
                        .matches(in -> in.is(NextAction.WAIT_DEAD)
                                && in.due()
                                && in.facts().moreSignals())
                        .matches(in -> in.facts().isAlive() || in.facts().isLingering());
                if (run.asked.operable()) {
                    assertThat(run.outcome.row())
                            .as("%s: the stop goes on", run)
                            .isEqualTo(8);
                }
            }
        }
    }

    @Test
    void an_end_is_never_a_failure_unless_it_should_have_been_up() {
        for (Run run : runs()) {
            if (run.outcome.isFailure()) {
                assertThat(run.asked)
                        .matches(Inputs::wantedUp)
                        .matches(in -> !in.facts().isAlive());
            }
        }
    }

    /** Pairs that never meet, and why; whoever changes a rule so that a pair meets, or meets no more, has to look at it here. */
    private static Map<String, String> strangers() {
        Map<String, String> never = new TreeMap<>();
        String place = "are in force in different places of a life";
        never(never, place, REST, DEPENDENTS_FIRST, RECYCLE, READINESS, START_LIMIT, ENDED_EARLY, STOP_PLAN);
        never(never, place, TAKE_BACK, DEPENDENTS_FIRST, RECYCLE, ENDED_EARLY, STOP_PLAN);
        never(never, "what is taken back has all of its time to get ready", TAKE_BACK, START_LIMIT);
        never(never, place, RECYCLE, READINESS, START_LIMIT, ENDED_EARLY, NEVER_TWO, DEPENDENCIES_FIRST);
        never(never, place, DEPENDENTS_FIRST, READINESS, START_LIMIT, ENDED_EARLY, STOP_PLAN);
        never(never, place, DEPENDENTS_FIRST, NEVER_TWO, DEPENDENCIES_FIRST);
        never(never, place, NEVER_TWO, READINESS, START_LIMIT, ENDED_EARLY, STOP_PLAN);
        never(never, place, DEPENDENCIES_FIRST, READINESS, START_LIMIT, ENDED_EARLY, STOP_PLAN);
        never(never, place, STOP_PLAN, READINESS, START_LIMIT, ENDED_EARLY);
        never(
                never,
                "what is held is stopped neither before others nor after them",
                HANDS_OFF,
                DEPENDENTS_FIRST,
                WHOLE_TREE);
        never(never, "what is held has all the time that it needs to get ready", HANDS_OFF, START_LIMIT);
        never(never, place, HANDS_OFF, ENDED_EARLY, STOP_PLAN);
        never(never, "what rests is not about to be launched any more", HANDS_OFF, REST);
        String presence = "the one is of what runs, the other of what does not";
        never(never, presence, TAKE_BACK, REST, WHOLE_TREE);
        never(never, presence, WHOLE_TREE, DEPENDENTS_FIRST, READINESS, START_LIMIT);
        never(never, presence, ENDED_EARLY, READINESS, START_LIMIT);
        String down = "what rests, or is there, is not about to be launched any more";
        never(never, down, REST, NEVER_TWO, DEPENDENCIES_FIRST);
        never(never, down, TAKE_BACK, NEVER_TWO, DEPENDENCIES_FIRST);
        never(never, "the one is of what is wanted down, the other of what is wanted up", WHOLE_TREE, NEVER_TWO);
        never(
                never,
                "the one is of what is wanted down, the other of what is wanted up",
                WHOLE_TREE,
                DEPENDENCIES_FIRST);
        return never;
    }

    private static void never(Map<String, String> never, String why, Rule one, Rule... others) {
        for (Rule other : others) {
            assertThat(never.put(pair(one, other), why))
                    .as("%s, twice", pair(one, other))
                    .isNull();
        }
    }

    private static String pair(Rule one, Rule other) {
        return one.compareTo(other) < 0 ? one + " and " + other : other + " and " + one;
    }

    @Test
    void every_pair_that_can_meet_does_and_no_other() {
        Map<Rule, Map<Rule, Integer>> met = new EnumMap<>(Rule.class);
        for (Run run : runs()) {
            for (Rule one : run.inForce) {
                for (Rule other : run.inForce) {
                    met.computeIfAbsent(one, rule -> new EnumMap<>(Rule.class)).merge(other, 1, Integer::sum);
                }
            }
        }
        List<String> never = new ArrayList<>();
        int pairs = Rule.values().length * (Rule.values().length - 1) / 2;
        System.out.println("situations: " + ALL.size());
        for (Rule one : Rule.values()) {
            System.out.println(one + " in force: " + met.get(one).get(one));
            for (Rule other : Rule.values()) {
                int times = met.get(one).getOrDefault(other, 0);
                if (one.compareTo(other) < 0 && times > 0) {
                    System.out.println("  with " + other + ": " + times);
                } else if (one.compareTo(other) < 0) {
                    never.add(pair(one, other));
                }
            }
        }
        System.out.println("pairs: " + (pairs - never.size()) + " meet, " + never.size() + " never");
        assertThat(never).containsExactlyInAnyOrderElementsOf(strangers().keySet());
    }
}
