package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputTailTest {
    @Test
    void shows_up_to_fifty_lines_whole() {
        assertThat(OutputTail.of(List.of())).isEqualTo(new OutputTail("", false));
        assertThat(OutputTail.of(lines(50)).text()).startsWith("line 1\n").endsWith("line 50");
        assertThat(OutputTail.of(lines(50)).trimmed()).isFalse();
    }

    @Test
    void shows_the_last_twenty_of_more_and_says_so() {
        assertThat(OutputTail.of(lines(51)).text()).startsWith("line 32\n").endsWith("line 51");
        assertThat(OutputTail.of(lines(51)).trimmed()).isTrue();
    }

    private static List<String> lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i).toList();
    }
}
