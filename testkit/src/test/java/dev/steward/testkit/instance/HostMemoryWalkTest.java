package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testkit.QuietLog;
import dev.steward.testkit.instance.MemoryWalk.Count;
import dev.steward.testkit.instance.MemoryWalk.Defect;
import dev.steward.testkit.proof.BadDays;
import dev.steward.testkit.proof.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a manager keeps, through hundreds of bad days of its store; {@link MemoryWalk} says what must hold. */
@ExtendWith(QuietLog.class)
class HostMemoryWalkTest {
    private static final int NORMAL = 200;
    private static final int SEEDS =
            Boolean.getBoolean("steward.nightly") ? 10_000 : Boolean.getBoolean("steward.brief") ? 50 : NORMAL;

    @Test
    void keeps_what_it_says_it_keeps_whatever_happens_to_the_store() {
        Count count = new Count();

        days("memory of host managers", Defect.NOTHING, count)
                .seeds(1, SEEDS)
                .twiceEvery(50)
                .run();

        System.out.println("memory of host managers: " + count);
        if (Long.getLong(BadDays.SEED) == null) {
            assertThat(count.seeds()).isEqualTo(SEEDS);
            assertThat(count.recalled).isPositive();
            assertThat(count.givenUp).isPositive();
            assertThat(count.late).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
    void is_found_out_if_it_has_a_defect(Defect defect) {
        assertThat(days("memory of host managers: " + defect, defect, new Count())
                        .seeds(1, NORMAL)
                        .firstFound())
                .isPresent();
    }

    private static BadDays days(String name, Defect defect, Count all) {
        return Proof.ofDays(name, seed -> new MemoryWalk(seed, defect, all));
    }
}
