package dev.steward.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The values on a feed: changes, events, reasons and positions. */
class StateEventTest {
    private enum Code {
        DRY
    }

    private static final Reason DRY = new Reason(Code.DRY, "no water");

    @Test
    void a_change_says_what_was_entered_for_everyone_and_for_no_particular_reason() {
        StateChange change = StateChange.entered(Kettle.KIND, "red", Kettle.HEATING_UP);

        assertThat(change)
                .isEqualTo(new StateChange(
                        Kettle.KIND, "red", "heating-up", StateChange.Outcome.ENTERED, Reason.none(), ""));
    }

    @Test
    void a_failure_says_where_and_why() {
        StateChange change = StateChange.failed(Kettle.KIND, "red", Kettle.COLD, DRY);

        assertThat(change).isEqualTo(new StateChange(Kettle.KIND, "red", "cold", StateChange.Outcome.FAILED, DRY, ""));
    }

    @Test
    void a_change_may_have_a_reason_and_answer_a_request_and_keeps_the_rest() {
        StateChange change = StateChange.entered(Kettle.KIND, "red", Kettle.COLD)
                .because(DRY)
                .answering("r-7");

        assertThat(change)
                .isEqualTo(new StateChange(Kettle.KIND, "red", "cold", StateChange.Outcome.ENTERED, DRY, "r-7"));
    }

    @Test
    @SuppressWarnings("NullAway")
    void a_change_refuses_what_says_nothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateChange.entered(Kettle.KIND, "", Kettle.COLD))
                .withMessageContaining("kettle");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new StateChange(Kettle.KIND, "red", "hot", StateChange.Outcome.ENTERED, Reason.none(), ""))
                .withMessageContaining("'hot'");
        assertThatNullPointerException()
                .isThrownBy(() -> new StateChange(Kettle.KIND, "red", "cold", null, Reason.none(), ""))
                .withMessage("outcome");
        assertThatNullPointerException()
                .isThrownBy(() -> Kettle.of("red", Kettle.COLD).because(null))
                .withMessage("cause");
        assertThatNullPointerException()
                .isThrownBy(() -> Kettle.of("red", Kettle.COLD).answering(null))
                .withMessage("request");
    }

    @Test
    void an_event_reads_as_one_line() {
        Instant now = Instant.EPOCH;
        StateChange plain = Kettle.of("red", Kettle.COLD);
        StateChange failed = StateChange.failed(Kettle.KIND, "red", Kettle.COLD, DRY);

        assertThat(new StateEvent(7, now, plain)).hasToString("#7 kettle red: cold");
        assertThat(new StateEvent(8, now, plain.because(DRY).answering("r-7")))
                .hasToString("#8 kettle red: cold (no water) for r-7");
        assertThat(new StateEvent(9, now, failed)).hasToString("#9 kettle red: cold FAILED (no water)");
    }

    @Test
    void an_event_gives_out_what_its_change_says() {
        StateEvent event = new StateEvent(
                1, Instant.EPOCH, Kettle.of("red", Kettle.COLD).because(DRY).answering("r-7"));
        StateEvent failure = new StateEvent(2, Instant.EPOCH, StateChange.failed(Kettle.KIND, "red", Kettle.COLD, DRY));

        assertThat(event.kind()).isSameAs(Kettle.KIND);
        assertThat(event.name()).isEqualTo("red");
        assertThat(event.state()).isEqualTo("cold");
        assertThat(event.outcome()).isEqualTo(StateChange.Outcome.ENTERED);
        assertThat(event.cause()).isEqualTo(DRY);
        assertThat(event.request()).isEqualTo("r-7");
        assertThat(event.isFailure()).isFalse();
        assertThat(failure.isFailure()).isTrue();
    }

    @Test
    void a_reason_is_its_text_or_else_its_code() {
        assertThat(DRY).hasToString("no water");
        assertThat(new Reason(Code.DRY, "")).hasToString("DRY");
        assertThat(Reason.none()).hasToString("");
        assertThat(Reason.none().isNone()).isTrue();
        assertThat(DRY.isNone()).isFalse();
    }

    @Test
    void sequences_start_at_one_and_positions_at_nothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StateEvent(0, Instant.EPOCH, Kettle.of("red", Kettle.COLD)))
                .withMessageContaining("0");
        assertThat(new Position("feed", 0).sequence()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Position("feed", -1))
                .withMessageContaining("-1");
    }
}
