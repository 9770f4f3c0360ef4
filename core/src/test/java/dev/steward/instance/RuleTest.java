package dev.steward.instance;

import static dev.steward.instance.Facts.Presence.ALIVE;
import static dev.steward.instance.Facts.Presence.LINGERING;
import static dev.steward.instance.Facts.Presence.NONE;
import static dev.steward.instance.NextAction.DOWN;
import static dev.steward.instance.NextAction.START;
import static dev.steward.instance.NextAction.START_AT;
import static dev.steward.instance.NextAction.UP;
import static dev.steward.instance.NextAction.WAIT_DEAD;
import static dev.steward.instance.NextAction.WAIT_START;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule alone, in every situation: when it is in force, and what it changes. */
class RuleTest {
    private static final Set<NextAction> BEFORE_LAUNCH = EnumSet.of(DOWN, START_AT, START);

    /** What is said of a rule: in which situations it is in force, and what it makes of one. */
    private record Said(Predicate<Inputs> when, UnaryOperator<Inputs> then) {}

    @SuppressWarnings("NullAway") // a reason is there where the first half has said so
    private static Said said(Rule rule) {
        return switch (rule) {
            case REST ->
                new Said(
                        in -> in.facts().rests() != null
                                && BEFORE_LAUNCH.contains(in.next())
                                && in.target() == TargetState.UP
                                && EnumSet.of(NONE, LINGERING)
                                        .contains(in.facts().presence()),
                        in -> in.wanted(TargetState.DOWN));
            case HANDS_OFF -> new Said(RuleTest::isHeld, RuleTest::held);
            case DEPENDENTS_FIRST ->
                new Said(
                        in -> in.facts().dependents() != null
                                && in.next() == UP
                                && in.target() == TargetState.DOWN
                                && in.facts().presence() == ALIVE,
                        in -> in.wanted(TargetState.UP));
            case RECYCLE ->
                new Said(
                        in -> in.facts().recycle() != null
                                && in.target() == TargetState.UP
                                && (in.next() == WAIT_DEAD
                                        || (in.next() == UP && in.facts().presence() == ALIVE)
                                        || (in.next() == WAIT_START
                                                && in.facts().handsOff() == null
                                                && in.facts().presence() == ALIVE)),
                        in -> in.next() == WAIT_START
                                ? in.wanted(TargetState.DOWN)
                                        .moved(UP, in.facts().recycle())
                                        .seen(true)
                                : in.wanted(TargetState.DOWN));
            case TAKE_BACK ->
                new Said(
                        in -> BEFORE_LAUNCH.contains(in.next())
                                && in.target() == TargetState.UP
                                && in.facts().presence() == ALIVE,
                        in -> in.moved(in.facts().ready() ? UP : WAIT_START, Rule.TAKEN_BACK)
                                .notDue());
            case WHOLE_TREE ->
                new Said(
                        in -> in.facts().presence() == LINGERING
                                && (in.next() == WAIT_DEAD || in.target() == TargetState.DOWN),
                        in -> in.seen(true));
            case READINESS -> new Said(RuleTest::startsUnready, in -> in.seen(false));
            case START_LIMIT ->
                new Said(
                        in -> startsUnready(in) && in.due(),
                        in -> in.moved(UP, Rule.NOT_READY)
                                .wanted(TargetState.DOWN)
                                .seen(true));
            case ENDED_EARLY ->
                new Said(
                        in -> in.next() == WAIT_START
                                && EnumSet.of(NONE, LINGERING)
                                        .contains(in.facts().presence()),
                        in -> in.moved(UP, Rule.ENDED));
            case STOP_PLAN ->
                new Said(
                        in -> in.next() == WAIT_DEAD
                                && in.due()
                                && in.facts().moreSignals()
                                && in.facts().presence() == ALIVE,
                        Inputs::escalated);
            case NEVER_TWO ->
                new Said(
                        in -> wouldLaunch(in)
                                && (in.facts().occupied() != null || in.facts().presence() != NONE),
                        in -> in.held(
                                in.facts().occupied() == null
                                        ? Rule.STILL_THERE
                                        : in.facts().occupied()));
            case DEPENDENCIES_FIRST ->
                new Said(
                        in -> wouldLaunch(in) && in.facts().dependencies() != null,
                        in -> in.held(in.facts().dependencies()));
        };
    }

    private static boolean isHeld(Inputs in) {
        boolean wouldStop =
                in.next() == UP && in.target() == TargetState.DOWN && in.facts().presence() != NONE;
        boolean wouldStartAnew = in.next() == WAIT_START
                && in.target() == TargetState.UP
                && in.facts().presence() == ALIVE
                && (in.facts().recycle() != null || (in.due() && !in.facts().ready()));
        return in.facts().handsOff() != null && (wouldLaunch(in) || wouldStop || wouldStartAnew);
    }

    @SuppressWarnings("NullAway") // only asked of what is held
    private static Inputs held(Inputs in) {
        return switch (in.next()) {
            case UP -> in.wanted(TargetState.UP).seen(true);
            case WAIT_START -> in.notDue();
            default -> in.held(in.facts().handsOff());
        };
    }

    private static boolean startsUnready(Inputs in) {
        return in.next() == WAIT_START
                && in.target() == TargetState.UP
                && in.facts().presence() == ALIVE
                && !in.facts().ready();
    }

    private static boolean wouldLaunch(Inputs in) {
        return in.next() == START && in.target() == TargetState.UP;
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void is_in_force_when_it_should_be_and_changes_what_it_should(Rule rule) {
        Said said = said(rule);
        int inForce = 0;
        for (Inputs in : Situations.all()) {
            Rule.Ruling ruling = rule.apply(in);

            assertThat(ruling != null).as("%s of %s", rule, in).isEqualTo(said.when.test(in));
            if (ruling != null) {
                inForce++;
                assertThat(ruling.inputs()).as("%s of %s", rule, in).isEqualTo(said.then.apply(in));
                assertThat(ruling.why().text()).as("%s says why", rule).isNotEmpty();
            }
        }
        assertThat(inForce).as("situations in which %s is in force", rule).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void says_the_same_of_the_same(Rule rule) {
        List<Inputs> once = Situations.all();
        List<Inputs> again = Situations.all();
        for (int i = 0; i < once.size(); i++) {
            assertThat(Situations.words(rule.apply(once.get(i)))).isEqualTo(Situations.words(rule.apply(again.get(i))));
        }
    }

    @Test
    void they_stand_in_their_order() {
        assertThat(Rule.values())
                .containsExactly(
                        Rule.REST,
                        Rule.RECYCLE,
                        Rule.HANDS_OFF,
                        Rule.DEPENDENTS_FIRST,
                        Rule.TAKE_BACK,
                        Rule.WHOLE_TREE,
                        Rule.READINESS,
                        Rule.START_LIMIT,
                        Rule.ENDED_EARLY,
                        Rule.STOP_PLAN,
                        Rule.NEVER_TWO,
                        Rule.DEPENDENCIES_FIRST);
    }

    @Test
    void the_first_reason_not_to_launch_counts() {
        Facts facts =
                new Facts(NONE, true, false, null, null, null, null, Situations.DEPENDENCIES, Situations.OCCUPIED);

        Inputs fed = Rules.apply(new Inputs(true, START, TargetState.UP, false, facts));

        assertThat(fed.held()).isEqualTo(Situations.OCCUPIED);
    }
}
