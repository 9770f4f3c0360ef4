package dev.steward.await;

import static dev.steward.await.NameResult.Outcome.FAILED;
import static dev.steward.await.NameResult.Outcome.FINISHED;
import static dev.steward.await.NameResult.Outcome.PENDING;
import static dev.steward.await.RecordedBus.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.vectors.Shape;
import dev.steward.vectors.VectorFile;
import dev.steward.vectors.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replays the recorded runs of the command-line tool: a loop of waits with a period, around one {@link StateWait}. */
class WaitToolVectorsTest {
    @Test
    void is_what_the_wait_tool_is_made_of() {
        for (VectorFile file : Vectors.of(Shape.WAIT_TOOL)) {
            for (JsonNode run : file) {
                for (Scene scene : List.of(Scene.onOurFeed(), Scene.onForeignFeed())) {
                    Tool tool = new Tool(words(run.get("args")));

                    ObjectNode result = tool.run(new RecordedBus(file, scene, run));

                    assertThat(result).as("%s %s", file, run.get("id").asText()).isEqualTo(run.get("result"));
                }
                file.steps(run.get("result").path("calls").size());
            }
        }
    }

    /** The tool's arguments, and its loop. */
    private static final class Tool {
        private final ObjectNode result = JsonNodeFactory.instance.objectNode();
        private final List<String> nodes;
        private List<String> states = List.of("ISUP");
        private int period = 10;
        private int timeout = 300;
        private boolean help;

        private Tool(List<String> args) {
            int i = 0;
            while (i < args.size() && args.get(i).startsWith("-")) {
                String option = args.get(i++);
                switch (option) {
                    case "-h" -> help = true;
                    case "-d" -> {}
                    case "-v" -> i++;
                    case "-u" -> period = number(args.get(i++), 10);
                    case "-t" -> timeout = number(args.get(i++), 300);
                    case "-s" ->
                        states = args.get(i).equals("0")
                                ? states
                                : List.of(args.get(i).split(","));
                    default -> throw new AssertionError("unknown option " + option);
                }
                i += option.equals("-s") ? 1 : 0;
            }
            nodes = args.subList(i, args.size());
        }

        /** The last one said counts, and 0 is as if none were. */
        private static int number(String text, int otherwise) {
            int value = Integer.parseInt(text);
            return value == 0 ? otherwise : value;
        }

        private ObjectNode run(RecordedBus bus) {
            long start = bus.clock();
            boolean usage = help || nodes.isEmpty();
            result.putArray("calls");
            if (usage) {
                result.put("usage", true);
            } else {
                try (StateWait wait = bus.open(states, nodes)) {
                    for (long left = timeout; left > 0 && !wait.poll(); left = start + timeout - bus.clock()) {
                        call(bus, wait, (int) Math.min(period, left));
                    }
                    report(wait.result());
                }
            }
            result.put("exit", usage ? 1 : 0);
            result.put("silent", !usage && !result.has("report"));
            return result.put("ended_at", second(bus));
        }

        private static int second(RecordedBus bus) {
            return Math.toIntExact(bus.clock());
        }

        private void call(RecordedBus bus, StateWait wait, int limit) {
            ObjectNode call = result.withArray("calls").addObject();
            call.put("at", second(bus)).put("timeout", limit);
            bus.await(wait, limit);
            WaitResult seen = wait.result();
            call.put("finished", seen.names(FINISHED).size());
            call.put("failed", seen.names(FAILED).size());
            call.put("returned_at", second(bus));
        }

        private void report(WaitResult seen) {
            if (seen.isAllFinished()) {
                return;
            }
            ObjectNode report = result.putObject("report");
            report.put("succeeded", seen.names(FINISHED).size());
            report.put("timed_out", seen.names(PENDING).size());
            report.put("total", nodes.size());
        }
    }
}
