package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "web-1.b_c", ".hidden", "..a", "50%", "%41", "a:b*?\\", "th\u00e9rmo", "\ud83d\ude00"})
    void comes_back_as_it_was(String name) {
        String text = SafeName.encode(name);

        assertThat(text).matches("[A-Za-z0-9_%-][A-Za-z0-9._%-]*");
        assertThat(SafeName.decode(text)).isEqualTo(name);
    }

    @Test
    void never_leaves_a_folder() {
        assertThat(SafeName.forFile("../../etc/passwd")).isEqualTo("%2E.%2F..%2Fetc%2Fpasswd");
    }

    @Test
    void long_names_stay_short_and_different() {
        String one = SafeName.forFile("\u00e9".repeat(200) + "1");
        String other = SafeName.forFile("\u00e9".repeat(200) + "2");

        assertThat(one).hasSizeLessThan(220).isNotEqualTo(other);
        assertThat(one.substring(0, 160)).isEqualTo(other.substring(0, 160));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "%4", "%zz", "%41", "a/b", "%c3%a9"})
    void takes_back_only_what_it_has_written(String text) {
        assertThatThrownBy(() -> SafeName.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
