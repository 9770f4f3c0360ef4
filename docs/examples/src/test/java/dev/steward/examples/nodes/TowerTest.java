package dev.steward.examples.nodes;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.guard.GuardSystem;
import dev.steward.loop.ControlLoop;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.junit.StewardExtension;
import dev.steward.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The story of the tower on virtual time, and the picture of a suspension. */
@ExtendWith(StewardExtension.class)
class TowerTest {
    /** A simulation in the place of a {@code LoopInvoker}. */
    private record Virtual(Simulation simulation) implements Tower.Runner {
        @Override
        public void run(ControlLoop loop, BooleanSupplier until) {
            if (!simulation.isRunning(loop)) {
                simulation.add(loop);
            }
            simulation.runUntil(until, ofMinutes(2));
        }
    }

    @Test
    void a_trip_is_revived_and_an_interference_is_noticed(Simulation simulation) {
        List<String> said = new ArrayList<>();
        Tower tower = new Tower(simulation.time(), new Virtual(simulation), said::add);

        boolean well = tower.play();

        String story = String.join("\n", said);
        assertThat(well).as(story).isTrue();
        assertThat(story)
                .containsSubsequence(
                        "asked to be READY",
                        "CAVITY finished",
                        "SUS_IY is kicked",
                        "TRIPPED",
                        "SUS_IY finished",
                        "REQUEST changed: ",
                        "CAVITY finished",
                        "sets SUS_EX to AUTO");
    }

    @Test
    void the_picture_shows_state_request_and_way(@TempDir Path folder) throws Exception {
        List<Path> files = Picture.draw(folder).toList();

        assertThat(files)
                .hasSizeBetween(2, 3)
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
        GuardSystem suspension = Suspension.system("X", new Plant(TimeSource.system(), ofMinutes(1)));
        assertThat(Files.readString(files.get(0)))
                .isEqualTo(suspension.toMermaid("DAMPED", "ALIGNED"))
                .contains("step 1", "step 2");
        assertThat(Files.readString(Path.of(System.getProperty("steward.root", "../.."), "docs", "nodes.md")))
                .contains("```mermaid\n" + Files.readString(files.get(0)) + "```");
        if (files.size() == 3) {
            assertThat(Files.readString(files.get(2))).contains("<svg", "TRIPPED");
        }
    }
}
