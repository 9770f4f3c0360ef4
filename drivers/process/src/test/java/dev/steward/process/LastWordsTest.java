package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Incarnation;
import dev.steward.instance.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {
    @TempDir
    Path temp;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(temp.resolve("web.err"), "key s3cret\n");
    }

    @Test
    void are_told_of_a_life_whose_secrets_are_known() throws IOException {
        assertThat(LastWords.of(life(Mask.NONE), new OutputFolder(temp, 64), 5)).containsExactly("key s3cret");
    }

    @Test
    void are_not_told_of_a_life_whose_secrets_nobody_knows() throws IOException {
        assertThat(LastWords.of(life(Mask.UNKNOWN), new OutputFolder(temp, 64), 5))
                .isEmpty();
    }

    @Test
    void are_none_where_there_is_trouble_with_the_text() throws IOException {
        var broken = new OutputFolder(temp, 64) {
            @Override
            Path file(String name, Output output) {
                throw new IllegalStateException("no such name");
            }
        };

        try (var log = new CapturedLog()) {
            assertThat(LastWords.of(life(Mask.NONE), broken, 5)).isEmpty();
            assertThat(log.lines()).singleElement().asString().contains("WARN", "no such name");
        }
    }

    private static Life life(Mask mask) {
        var leader = new Leader.Lost(new ProcessIdentity(20, ProcessIdentity.UNSEEN, "boot"));
        return new Life("web", new Incarnation("one"), leader, 0, 0, mask);
    }
}
