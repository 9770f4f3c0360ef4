package dev.steward.testkit.instance;

import static dev.steward.instance.RunState.UP;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.TargetState;
import dev.steward.loop.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a manager that only observes has of its memory. */
class HostMemoryModeTest extends MemoryScene {
    @Test
    void reads_what_was_kept_and_writes_nothing() {
        start();
        down("a");
        run(ofSeconds(20));
        kill();
        int commits = commits();
        int launches = host.lives().size();

        mode(Mode.OBSERVE);
        start();
        assertThat(instance("a").targetState()).isEqualTo(TargetState.DOWN);
        down("b");
        configure(A);
        var unused = manager().update(List.of(), true);
        run(ofMinutes(10));
        assertThat(manager().instance("b").orElseThrow().holds()).isEmpty();
        assertThat(host.running("b")).isOne();
        assertThat(manager().notYetKept()).isZero();
        kill();

        assertThat(commits()).isEqualTo(commits);
        assertThat(host.lives()).hasSize(launches);

        mode(Mode.ACT);
        configure(A, B);
        start();
        assertThat(instance("a").targetState()).isEqualTo(TargetState.DOWN);
        assertThat(instance("b").targetState()).isEqualTo(TargetState.UP);
        assertThat(instance("b").state()).isEqualTo(UP);
    }

    @Test
    void a_hold_is_no_memory() {
        start();
        manager().hold(List.of("a"), "ann", "", ofMinutes(60));
        run(ofSeconds(1));
        int commits = commits();
        powerCut();
        assertThat(commits()).isEqualTo(commits);

        start();

        assertThat(instance("a").state()).isEqualTo(UP);
    }
}
