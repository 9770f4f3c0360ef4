package dev.steward.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.store.RecordType;
import dev.steward.store.Versioned;
import dev.steward.testkit.QuietLog;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens in a world besides faults. */
@ExtendWith(QuietLog.class)
class WorldTest {
    private static final RecordType<String> WISH =
            RecordType.of("wish/", 1, (text, output) -> output.text(text), input -> input.text());

    /** A process that does nothing, and somebody who wishes this and that. */
    private record Wishes(World world) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            return new ControlLoop() {
                @Override
                public Step manageOnce() {
                    return Step.parked();
                }

                @Override
                public String name() {
                    return "idle";
                }
            };
        }

        @Override
        public void round(World given) {
            given.write(WISH, "mail", "10.0.0.1");
            given.write(WISH, "www", "10.0.0.2");
            given.after(Duration.ofSeconds(10), "mail moves", () -> given.write(WISH, "mail", "10.0.0.3"));
            given.after(Duration.ofSeconds(20), "www goes", () -> given.delete(WISH, "www"));
            given.after(Duration.ofSeconds(30), "what is not there goes", () -> given.delete(WISH, "ftp"));
        }

        Map<String, String> wished() {
            return world.records().values().stream()
                    .collect(Collectors.toMap(Versioned::key, record -> WISH.decode(record)));
        }
    }

    @Test
    void has_somebody_who_writes_and_deletes_records() {
        ProofReport report = Proof.of(Wishes::new)
                .eventually("what was wished last", it -> it.wished().equals(Map.of(WISH.key("mail"), "10.0.0.3")))
                .run();

        assertThat(report.runs()).containsEntry("golden", 1);
    }

    @Test
    void who_writes_at_the_same_time_as_another_writes_again() {
        Proof.of(world -> {
                    Wishes wishes = new Wishes(world);
                    world.after(Duration.ofSeconds(5), "two at once", () -> {
                        world.write(WISH, "mail", "a");
                        world.write(WISH, "mail", "b");
                    });
                    return wishes;
                })
                .eventually("as it was wished in the end", it -> !it.wished().isEmpty())
                .run();
    }

    @Test
    void leaves_out_only_what_was_asked_for_in_a_round() {
        RunEnd end = Proof.of(world -> {
                    world.after(Duration.ofSeconds(5), "a fake has booted", () -> {});
                    return new Wishes(world);
                })
                .eventually("www stays", it -> it.wished().size() == 2)
                .play("seed 0; without event 2");

        assertThat(end.violation()).isNull(); // the second of the round is that www goes
        assertThat(end.events()).containsOnlyKeys("1", "3");
    }
}
