package dev.steward.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.steward.architecture.planted.internal.LooksUp;
import dev.steward.architecture.planted.lower.ClimbsUp;
import dev.steward.architecture.planted.lower.Ground;
import dev.steward.architecture.planted.side.LooksAside;
import dev.steward.architecture.planted.stray.Stray;
import dev.steward.architecture.planted.upper.Offender;
import dev.steward.architecture.planted.upper.WellBehaved;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls of the house. A new package is one more word in {@link #CORE}. */
class ArchitectureTest {
    private static final Walls CORE = Walls.of(
            "dev.steward",
            "guard",
            "node instance",
            "reconcile",
            "kernel",
            "lead await",
            "store",
            "loop notify",
            "event",
            "state",
            "time");

    private static final Walls PLANTED = Walls.of("dev.steward.architecture.planted", "upper", "middle side", "lower");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .importPath(Path.of(System.getProperty("steward.root", ".."), "core", "target", "classes"));

    /** Each rule, and the method of {@link Offender} that breaks it. */
    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(Prohibitions.noClockBut("dev.steward.time."), "readsClocks"),
                Arguments.of(
                        Prohibitions.noWaitingBut(
                                "dev.steward.loop.LoopInvoker", "dev.steward.loop.LoopService", "dev.steward.await."),
                        "waits"),
                Arguments.of(Prohibitions.noThreadBut("dev.steward.loop.LoopService"), "makesThreads"),
                Arguments.of(Prohibitions.noConsole(), "prints"),
                Arguments.of(Prohibitions.noReflection(), "looksIntoClasses"),
                Arguments.of(Prohibitions.noReflectionTypes(), "looksIntoClasses"),
                Arguments.of(Prohibitions.noServiceLoader(), "loadsServices"),
                Arguments.of(Prohibitions.noGuavaInSignatures(), "showsGuava"));
    }

    @Test
    void core_keeps_its_walls() {
        CORE.rule().check(MAIN);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void core_keeps_the_rule_and_the_rule_catches_a_planted_offence(ArchRule rule, String offence) {
        rule.check(MAIN);

        assertThat(violations(rule, Offender.class)).isNotEmpty().allMatch(line -> line.contains("." + offence + "("));
        assertThat(violations(rule, WellBehaved.class)).isEmpty();
    }

    @Test
    void every_planted_way_of_reading_a_clock_and_of_waiting_is_caught() {
        assertThat(violations(Prohibitions.noClockBut(), Offender.class)).hasSize(4);
        assertThat(violations(Prohibitions.noWaitingBut(), Offender.class)).hasSize(5);
        assertThat(violations(Prohibitions.noThreadBut(), Offender.class)).hasSize(3);
    }

    @Test
    void a_place_that_may_is_left_alone() {
        assertThat(violations(Prohibitions.noClockBut(Offender.class.getName()), Offender.class))
                .isEmpty();
        assertThat(violations(Prohibitions.noClockBut(Offender.class.getPackageName() + "."), Offender.class))
                .isEmpty();
    }

    @Test
    void the_walls_let_a_higher_storey_use_a_lower_one_and_internal() {
        assertThat(violations(PLANTED.rule(), WellBehaved.class)).isEmpty();
        assertThat(violations(PLANTED.rule(), Ground.class)).isEmpty();
    }

    @Test
    void the_walls_catch_a_climb_a_look_aside_internal_looking_up_and_a_stray() {
        assertThat(violations(PLANTED.rule(), ClimbsUp.class)).isNotEmpty();
        assertThat(violations(PLANTED.rule(), LooksAside.class)).isNotEmpty();
        assertThat(violations(PLANTED.rule(), LooksUp.class)).isNotEmpty();
        assertThat(violations(PLANTED.rule(), Stray.class))
                .singleElement()
                .asString()
                .contains("is in no package of the house");
    }

    private static List<String> violations(ArchRule rule, Class<?> planted) {
        JavaClasses classes = new ClassFileImporter().importClasses(planted);
        return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails();
    }
}
