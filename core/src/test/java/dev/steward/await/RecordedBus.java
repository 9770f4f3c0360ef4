package dev.steward.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.event.Reason;
import dev.steward.event.StateChange;
import dev.steward.vectors.VectorFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The bus of a recording: publishes its events when their second comes, and lets a caller wait as the original's caller did.
 *
 * <p>What the original's subscription dropped is dropped here: events for its scheduler, foreign types of objects, and failures of
 * which the word is neither a wanted state nor {@code REBOOT}. Not safe for use by many threads.
 */
final class RecordedBus {
    private static final long NEVER = Long.MAX_VALUE;

    private final VectorFile file;
    private final Scene scene;
    private final JsonNode events;
    private Set<String> wanted = Set.of();
    private long clock;
    private int next;

    RecordedBus(VectorFile file, Scene scene, JsonNode trace) {
        this.file = file;
        this.scene = scene;
        this.events = trace.get("events");
        this.clock = trace.get("start").asLong();
    }

    long clock() {
        return clock;
    }

    /** Opens a wait for the same states of all nodes. */
    StateWait open(List<String> states, List<String> nodes) {
        wanted = Set.copyOf(states);
        return StateWait.on(scene.feed, scene.time)
                .forAll(Scene.NODE, nodes)
                .toReach(states)
                .open();
    }

    /** Lets time pass; what happens in one second has happened before anybody looks. A time in the past is no time. */
    void advanceTo(long until) {
        while (nextEventAt() <= until) {
            passTo(nextEventAt());
            while (nextEventAt() <= clock) {
                publish(events.get(next++));
            }
        }
        passTo(until);
    }

    /** Waits as the original's call did: until all nodes have ended, or for {@code timeout} seconds, unless it is zero or less. */
    void await(StateWait wait, long timeout) {
        long deadline = timeout > 0 ? clock + timeout : NEVER;
        while (!wait.poll() && nextEventAt() < deadline) {
            advanceTo(nextEventAt());
        }
        if (!wait.isSettled()) {
            assertThat(deadline).as("a wait without limit that nothing ends").isLessThan(NEVER);
            advanceTo(deadline);
        }
    }

    private long nextEventAt() {
        return next < events.size() ? events.get(next).get("t").asLong() : NEVER;
    }

    private void passTo(long second) {
        if (second > clock) {
            scene.time.advance(Duration.ofSeconds(second - clock));
            clock = second;
        }
    }

    private void publish(JsonNode event) {
        String type = event.get("objtype").asText();
        String node = event.get("objname").asText();
        String word = event.get("eventtype").asText();
        if (event.path("scheduler").asInt() != 0) {
            return;
        }
        boolean failed = type.equals("TBFAILED") && (wanted.contains(word) || word.equals("REBOOT"));
        if (!failed && !type.equals("TBNODESTATE")) {
            return;
        }
        if (node.isEmpty()) {
            assertThatThrownBy(() -> scene.enter(node, word)).hasMessage("a thing of kind node has no name");
            if (!scene.isForeign()) { // each is replayed twice and counts once
                file.deviates("D-await-3");
            }
        } else if (failed) {
            scene.feed.publish(StateChange.failed(Scene.NODE, node, word, Reason.none()));
        } else {
            scene.enter(node, word);
        }
    }

    static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }
}
