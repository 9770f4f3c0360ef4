package dev.steward.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What befalls the calls of a process, and what does not. */
class ProofProcessTest {
    /** A thing with each sort of method. */
    interface Thing {
        void ask(String what, Consumer<String> then);

        CompletionStage<String> begin(String what);

        int size();

        boolean prompt(Consumer<String> then);
    }

    /** Asks the thing for one thing at its start, and writes down all that happens. */
    private record Diary(World world, List<String> lines, Consumer<Desk> work) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            Desk desk = new Desk(process.holder(), process.remote(Thing.class, new Real(lines)), lines);
            return new ControlLoop() {
                private boolean done;

                @Override
                public Step manageOnce() {
                    if (!done && process.start() == 1) {
                        done = true;
                        work.accept(desk);
                    }
                    return Step.after(Duration.ofMinutes(1));
                }

                @Override
                public String name() {
                    return "diary";
                }
            };
        }
    }

    private record Desk(String holder, Thing thing, List<String> lines) {
        void write(String line) {
            lines.add(holder + " " + line);
        }
    }

    private record Real(List<String> lines) implements Thing {
        @Override
        public void ask(String what, Consumer<String> then) {
            lines.add("does " + what);
            then.accept("yes");
        }

        @Override
        public CompletionStage<String> begin(String what) {
            lines.add("begins " + what);
            return CompletableFuture.completedFuture("begun");
        }

        @Override
        public int size() {
            lines.add("counts");
            return 3;
        }

        @Override
        public boolean prompt(Consumer<String> then) {
            lines.add("acts");
            then.accept("acted");
            return true;
        }
    }

    private static List<String> play(String run, Consumer<Desk> work) {
        List<String> lines = new ArrayList<>();
        assertThat(end(run, lines, work).violation()).isNull();
        return lines;
    }

    private static RunEnd end(String run, List<String> lines, Consumer<Desk> work) {
        return Proof.of(world -> new Diary(world, lines, work)).play(run);
    }

    private static void ask(Desk desk) {
        desk.thing.ask("it", answer -> desk.write("hears " + answer));
        desk.write("has asked");
    }

    @Test
    void hears_later_and_not_within_the_call() {
        assertThat(play("seed 0", ProofProcessTest::ask))
                .containsExactly("p1/1 has asked", "does it", "p1/1 hears yes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "asked    | ",
                "sent     | does it",
                "done     | p1/1 has asked, does it",
                "answered | p1/1 has asked, does it",
                "told     | p1/1 has asked, does it, p1/1 hears yes"
            })
    void dies_at_each_step_and_what_it_has_sent_is_done(String step, String lines) {
        assertThat(String.join(", ", play("seed 0; crash p1 ask#1 " + step, ProofProcessTest::ask)))
                .isEqualTo(lines == null ? "" : lines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lost p1 ask#1            | p1/1 has asked",
                "unanswered p1 ask#1      | p1/1 has asked, does it",
                "late p1 ask#1 20s        | p1/1 has asked, does it, p1/1 hears yes",
                "answer-late p1 ask#1 20s | p1/1 has asked, does it, p1/1 hears yes",
                "twice p1 ask#1 3s        | p1/1 has asked, does it, p1/1 hears yes, p1/1 hears yes",
                "lost p1 ask#2            | p1/1 has asked, does it, p1/1 hears yes"
            })
    void hears_what_the_faults_leave(String fault, String lines) {
        assertThat(String.join(", ", play("seed 0; " + fault, ProofProcessTest::ask)))
                .isEqualTo(lines);
    }

    @Test
    void hears_of_a_stage() {
        Consumer<Desk> work = desk -> desk.thing
                .begin("it")
                .thenAccept(answer -> desk.write("hears " + answer))
                .toCompletableFuture();

        assertThat(play("seed 0", work)).containsExactly("begins it", "p1/1 hears begun");
        assertThat(play("seed 0; unanswered p1 begin#1", work)).containsExactly("begins it");
        assertThat(play("seed 0; crash p1 begin#1 answered", work)).containsExactly("begins it");
    }

    @Test
    void gets_an_answer_within_the_call_where_there_is_no_other_way() {
        Consumer<Desk> work = desk -> desk.write("sees " + desk.thing.size());

        assertThat(play("seed 0", work)).containsExactly("counts", "p1/1 sees 3");
        assertThat(play("seed 0; crash p1 size#1 asked", work)).isEmpty();
        assertThat(play("seed 0; crash p1 size#1 done", work)).containsExactly("counts");
    }

    @Test
    void gets_what_is_returned_at_once_and_the_rest_later() {
        Consumer<Desk> work = desk -> {
            boolean returned = desk.thing.prompt(answer -> desk.write("hears " + answer));
            desk.write("gets " + returned);
        };

        assertThat(play("seed 0", work)).containsExactly("acts", "p1/1 gets true", "p1/1 hears acted");
        assertThat(play("seed 0; unanswered p1 prompt#1", work)).containsExactly("acts", "p1/1 gets true");
        RunEnd lost = end("seed 0; lost p1 prompt#1; late p1 prompt#1 20s", new ArrayList<>(), work);
        assertThat(lost.fired()).isEmpty(); // it is done in the call, so neither can be
        assertThat(Variant.of(FaultClass.ANSWERS, Port.Sort.PROMPT, false, false))
                .extracting(Variant::kind)
                .containsOnly(Fault.Kind.UNANSWERED, Fault.Kind.ANSWER_LATE, Fault.Kind.TWICE);
    }

    @Test
    void has_names_of_its_own() {
        Consumer<Desk> work = desk -> {
            assertThat(desk.thing).hasToString("Thing of p1").isEqualTo(desk.thing);
            assertThat(desk.thing.hashCode()).isEqualTo(desk.thing.hashCode());
            desk.write("done");
        };

        assertThat(play("seed 0", work)).containsExactly("p1/1 done");
    }

    @Test
    void calls_only_what_has_an_interface() {
        Consumer<ProofProcess> work = process -> assertThatIllegalArgumentException()
                .isThrownBy(() -> process.remote(String.class, "no"))
                .withMessageContaining("java.lang.String");
        List<String> lines = new ArrayList<>();

        Proof.of(world -> (Scenario) process -> {
                    work.accept(process);
                    lines.add(process.toString());
                    return new Diary(world, lines, desk -> {}).start(process);
                })
                .play("seed 0");

        assertThat(lines).containsExactly("p1/1");
    }

    /** Has names that the store has, and that {@link Thing} has. */
    interface Library {
        void read(String what, Consumer<String> then);

        int ask(String what);

        void ask(String what, Consumer<String> then);
    }

    @Test
    void tells_apart_what_has_the_same_name() {
        Library real = new Library() {
            @Override
            public void read(String what, Consumer<String> then) {
                then.accept("read");
            }

            @Override
            public int ask(String what) {
                return 1;
            }

            @Override
            public void ask(String what, Consumer<String> then) {
                then.accept("asked");
            }
        };
        List<String> lines = new ArrayList<>();
        Function<World, Scenario> scenario = world -> process -> {
            Thing thing = process.remote(Thing.class, new Real(new ArrayList<>()));
            Library library = process.remote(Library.class, real);
            process.store().read(Set.of("key"), answer -> lines.add("store"));
            return new Diary(world, lines, desk -> {
                        library.read("book", lines::add);
                        lines.add("ask " + library.ask("now"));
                        library.ask("later", lines::add);
                        thing.ask("thing", lines::add);
                    })
                    .start(process);
        };

        assertThat(Proof.of(scenario).play("seed 0").ports())
                .extracting(Port::name)
                .contains("pass", "read", "ask", "Library.read", "Library.ask", "Library.ask-2");
        assertThat(lines).containsExactlyInAnyOrder("store", "read", "ask 1", "asked", "yes");
        lines.clear();
        Proof.of(scenario).play("seed 0; lost p1 Library.ask-2#1; lost p1 Library.read#1");
        assertThat(lines).containsExactlyInAnyOrder("store", "ask 1", "yes");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void is_not_blamed_for_a_fake_that_throws(long seed) {
        RunEnd end = Proof.of(world -> new Scenario() {
                    @Override
                    public ControlLoop start(ProofProcess process) {
                        Thing thing = process.remote(Thing.class, new Real(List.of())); // cannot write
                        return new Diary(world, new ArrayList<>(), desk -> thing.ask("it", answer -> {}))
                                .start(process);
                    }
                })
                .play("seed " + seed);

        assertThat(end.violation()).isNotNull();
        assertThat(end.violation().rule()).isEqualTo("no throwing");
        assertThat(end.violation().text()).startsWith("the real thing of p1 ask#1 threw ");
        assertThat(end.violation().cause()).isInstanceOf(UnsupportedOperationException.class);
    }
}
