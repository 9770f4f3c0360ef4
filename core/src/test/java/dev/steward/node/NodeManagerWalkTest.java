package dev.steward.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.steward.node.NodeOracle.Wrong;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Whatever happens in whatever order: what is kept as things change is what a look at everything finds, and nobody is asked unasked. */
class NodeManagerWalkTest {
    private static final int SEEDS =
            Boolean.getBoolean("steward.nightly") ? 5_000 : Boolean.getBoolean("steward.brief") ? 50 : 300;
    private static final int STEPS = 300;

    static {
        // on the module path the back end is a module of its own, which core does not read
        Module own = NodeManagerWalkTest.class.getModule();
        if (own.isNamed()) {
            own.getLayer().modules().stream()
                    .filter(module -> module.getName().startsWith("ch.qos.logback"))
                    .forEach(own::addReads);
        }
    }

    private final Logger log = (Logger) LoggerFactory.getLogger(Node.class);

    @BeforeEach
    void keep_the_output_short() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void tell_again() {
        log.setLevel(null);
    }

    @Test
    void says_what_a_look_at_everything_finds_after_any_history() {
        long compared = 0;
        long asked = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            NodeWalk walk = new NodeWalk(seed, false, Wrong.NONE);
            try {
                walk.walk(STEPS);
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("seed " + seed + ": " + failed.getMessage(), failed);
            }
            compared += walk.compared();
            asked += walk.asked();
        }
        System.out.println("node walk: " + SEEDS + " seeds x " + STEPS + " steps, " + compared + " values compared, "
                + asked + " writes asked for, 0 differences");
    }

    @Test
    void a_channel_that_loses_hints_is_found() {
        List<Long> found = seedsThatFind(true, Wrong.NONE);

        System.out.println("node walk: lost hints found by " + found.size() + " of 20 seeds");
        assertThat(found).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Wrong.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_wrong_rule_is_found(Wrong wrong) {
        List<Long> found = seedsThatFind(false, wrong);

        System.out.println("node walk: " + wrong + " found by " + found.size() + " of 20 seeds");
        assertThat(found).isNotEmpty();
    }

    private static List<Long> seedsThatFind(boolean losesHints, Wrong wrong) {
        List<Long> found = new ArrayList<>();
        for (long seed = 0; seed < 20; seed++) {
            NodeWalk walk = new NodeWalk(seed, losesHints, wrong);
            try {
                walk.walk(STEPS);
            } catch (AssertionError expected) {
                found.add(seed);
            }
        }
        return found;
    }
}
