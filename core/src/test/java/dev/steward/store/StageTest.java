package dev.steward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {
    private static final RecordValue VALUE = RecordValue.utf8("v");
    private static final int FENCE_BYTES = 100;
    private static final RecordType<String> WORD =
            RecordType.of("word/", 1, (value, output) -> output.text(value), RecordInput::text);

    private final Stage stage = new Stage();

    private static Versioned record(String key) {
        return new Versioned(key, 3, VALUE);
    }

    private static RecordValue bytes(int size) {
        return RecordValue.of(new byte[size]);
    }

    private static void fill(Stage stage, int changes) {
        for (int i = 0; i < changes; i++) {
            stage.create("k/" + i, VALUE);
        }
    }

    @Test
    void becomes_a_batch_of_what_was_staged_in_its_order_with_the_fence_last() {
        stage.create("a", VALUE).put(record("b"), VALUE).delete(record("c")).require(record("d"));
        Batch.Op fence = new Batch.Put("lead/r", 9, VALUE);

        assertThat(stage.toBatch("p#1", fence))
                .isEqualTo(new Batch(
                        "p#1",
                        List.of(
                                new Batch.Create("a", VALUE),
                                new Batch.Put("b", 3, VALUE),
                                new Batch.Delete("c", 3),
                                new Batch.Require("d", 3),
                                fence)));
        assertThat(stage.mark()).isEqualTo(4);
    }

    @Test
    void stages_values_of_a_type_under_its_keys() {
        stage.create(WORD, "a/b", "x").put(WORD, record("word/c"), "y");

        assertThat(stage.toBatch("p#1").changes())
                .containsExactly(
                        new Batch.Create("word/a%2Fb", WORD.encode("x")), new Batch.Put("word/c", 3, WORD.encode("y")));
    }

    @Test
    void refuses_to_write_a_value_of_a_type_where_another_type_stands() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.put(WORD, record("number/c"), "y"))
                .withMessage("number/c is none of word/ (version 1)");
        assertThat(stage.isEmpty()).isTrue();
    }

    @Test
    void takes_500_changes_and_not_one_more() {
        fill(stage, 500);
        assertThat(stage.fits(1, 0)).isFalse();

        assertThatIllegalStateException()
                .isThrownBy(() -> stage.create("one/more", VALUE))
                .withMessage("one/more: the stage is full with 500 changes");

        assertThat(stage.toBatch("p#1").changes()).hasSize(500);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.toBatch("p#1", new Batch.Create("fence", VALUE)))
                .withMessage("batch p#1: 501 changes, more than 500");
    }

    @Test
    void takes_499_changes_where_room_is_left_for_a_fence_and_with_it_the_batch_is_full() {
        Stage withFence = new Stage(1, FENCE_BYTES);
        fill(withFence, 499);

        assertThatIllegalStateException()
                .isThrownBy(() -> withFence.require(record("one/more")))
                .withMessage("one/more: the stage is full with 499 changes");

        assertThat(withFence.toBatch("p#1", new Batch.Create("fence", VALUE)).changes())
                .hasSize(500);
    }

    @Test
    void takes_512_KiB_of_keys_and_values_and_not_one_byte_more() {
        stage.create("four", bytes(300_000));
        int left = 512 * 1024 - 300_004;
        assertThat(stage.fits(1, left)).isTrue();
        assertThat(stage.fits(1, left + 1)).isFalse();

        assertThatIllegalStateException()
                .isThrownBy(() -> stage.put(record("five5"), bytes(left - 4)))
                .withMessage("five5: 224285 bytes beside 300004 that are staged are more than 524288");

        stage.put(record("five5"), bytes(left - 5));
        assertThat(stage.toBatch("p#1").changes()).hasSize(2);
        assertThatIllegalStateException().isThrownBy(() -> stage.delete(record("k")));
    }

    @Test
    void leaves_room_for_the_bytes_of_a_fence() {
        Stage withFence = new Stage(1, FENCE_BYTES);
        int most = 512 * 1024 - FENCE_BYTES;

        assertThatIllegalStateException().isThrownBy(() -> withFence.create("a", bytes(most)));
        withFence.create("a", bytes(most - 1));

        assertThat(withFence
                        .toBatch("p#1", new Batch.Create("lead/r", bytes(FENCE_BYTES - 6)))
                        .changes())
                .hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withFence.toBatch("p#1", new Batch.Create("lead/r", bytes(FENCE_BYTES - 5))))
                .withMessage("batch p#1: 524289 bytes, more than 524288");
    }

    @Test
    void refuses_two_changes_of_one_key_of_whatever_kind() {
        stage.create("a", VALUE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.require(record("a")))
                .withMessage("two changes of a in one batch");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.toBatch("p#1", new Batch.Delete("a", 3)))
                .withMessage("batch p#1: two changes of a");
    }

    @Test
    void is_as_it_was_after_whatever_it_has_refused() {
        stage.create("a", bytes(1_000));
        Batch before = stage.toBatch("p#1");

        assertThatThrownBy(() -> stage.create("a", VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stage.create("../b", VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stage.create("c", bytes(512 * 1024))).isInstanceOf(IllegalStateException.class);

        assertThat(stage.toBatch("p#1")).isEqualTo(before);
        assertThat(stage.fits(499, 512 * 1024 - 1_001)).isTrue();
        stage.create("c", VALUE);
    }

    @Test
    void goes_back_to_a_mark_with_the_room_and_the_keys_of_what_it_drops() {
        stage.create("a", VALUE);
        int mark = stage.mark();
        stage.create("b", bytes(400_000)).delete(record("c"));

        stage.backTo(mark);

        assertThat(stage.toBatch("p#1").changes()).containsExactly(new Batch.Create("a", VALUE));
        stage.create("b", bytes(400_000));
        stage.backTo(0);
        assertThat(stage.isEmpty()).isTrue();
        assertThat(stage.fits(500, 512 * 1024)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-1", "3"})
    void knows_no_mark_that_it_has_not_given(int mark) {
        fill(stage, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.backTo(mark))
                .withMessage("no such mark: " + mark + " of 2");
        assertThat(stage.mark()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "501, 0", "0, -1", "0, 524289"})
    void refuses_to_leave_room_that_no_batch_has(int changes, int bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Stage(changes, bytes));
    }

    @Test
    void a_batch_has_at_least_one_change() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.toBatch("p#1"))
                .withMessage("batch p#1: no changes");
    }

    @Test
    void a_change_expects_absence_or_a_revision_that_there_is() {
        assertThat(new Batch.Create("a", VALUE).expected()).isZero();
        assertThat(new Batch.Require("a", 1).expected()).isOne();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch.Put("a", 0, VALUE))
                .withMessage("a: expects revision 0, which no record has");
        assertThatIllegalArgumentException().isThrownBy(() -> new Batch.Delete("a", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Batch.Require("a//b", 1));
    }

    @Test
    void a_batch_keeps_its_changes_whatever_becomes_of_the_stage() {
        stage.create("a", VALUE);
        Batch batch = stage.toBatch("p#1");
        stage.create("b", VALUE);

        assertThat(batch.changes()).hasSize(1);
    }

    @Test
    void a_batch_never_shows_whole_values() {
        stage.create("a", RecordValue.utf8("a secret"));

        assertThat(stage.toBatch("p#1").toString())
                .contains("8 bytes 61207365…")
                .doesNotContain("63726574");
    }
}
