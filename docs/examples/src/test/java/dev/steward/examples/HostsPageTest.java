package dev.steward.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HostsPageTest {
    @Test
    void the_page_shows_the_moves_that_are_published() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("steward.root"), "docs", "hosts.md"));

        assertThat(page).contains("```mermaid\n" + RunState.GRAPH.toMermaid() + "```");
    }
}
