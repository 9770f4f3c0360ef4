package dev.steward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangesTest {
    @Test
    void a_cursor_is_of_what_has_been_read() {
        assertThat(Cursor.at(7)).isEqualTo(new Cursor(7, 7));
        assertThat(Cursor.START).isEqualTo(Cursor.at(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cursor(-1, 0))
                .withMessage("no such cursor: since -1, after 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor(0, -1));
    }

    @Test
    void the_last_page_of_a_read_goes_as_far_as_the_store_was() {
        assertThat(new Changes(List.of(), Cursor.at(6), 7, true, false).more()).isTrue();
        assertThat(new Changes(List.of(), Cursor.at(7), 7, false, false).more()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Changes(List.of(), Cursor.at(6), 7, false, false))
                .withMessage("the last page as of 7 leaves off at Cursor[since=6, after=6]");
    }

    @Test
    void a_query_wants_what_begins_with_one_of_its_prefixes() {
        ChangeQuery query = new ChangeQuery(Set.of("a/", "b/c/"), Cursor.START, 1);

        assertThat(List.of("a/x", "a/x/y", "b/c/x")).allMatch(query::wants);
        assertThat(List.of("a", "ab/x", "b/x", "b/cx", "c/a/x")).noneMatch(query::wants);
        assertThat(new ChangeQuery(Set.of(""), Cursor.START, 1).wants("anything"))
                .isTrue();
    }

    @Test
    void a_query_has_a_prefix_and_a_limit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChangeQuery(Set.of(), Cursor.START, 1))
                .withMessage("no prefix; the empty prefix is all");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChangeQuery(Set.of("a"), Cursor.START, 1))
                .withMessage("prefix does not end with a slash: \"a\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChangeQuery(Set.of(""), Cursor.START, 0))
                .withMessage("limit is below 1: 0");
    }

    @Test
    void a_record_has_a_revision_from_1_on() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Versioned("a", 0, RecordValue.of()))
                .withMessage("a: revision is below 1: 0");
    }
}
