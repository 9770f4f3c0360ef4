package dev.steward.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A house of packages: each storey sees the storeys below it, packages on one storey never see each other.
 *
 * <p>A package stands for itself and what is below it. The package {@code internal} sees the lowest storey only, and every
 * storey but the lowest sees it. Immutable.
 */
record Walls(String root, List<List<String>> storeysFromTheTop) {
    private static final String INTERNAL = "internal";

    /** Each argument is one storey, the highest first, its packages separated by blanks. */
    static Walls of(String root, String... storeysFromTheTop) {
        return new Walls(
                root,
                Arrays.stream(storeysFromTheTop)
                        .map(storey -> List.of(storey.split(" ")))
                        .toList());
    }

    ArchRule rule() {
        return classes().should(new ArchCondition<>("keep the walls of " + root) {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                Optional<String> home = packageOf(from);
                if (home.isEmpty() || !isKnown(home.get())) {
                    events.add(SimpleConditionEvent.violated(from, from.getName() + " is in no package of the house"));
                    return;
                }
                for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                    Optional<String> target =
                            packageOf(dependency.getTargetClass().getBaseComponentType());
                    if (target.isPresent() && !mayUse(home.get(), target.get())) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        });
    }

    private boolean mayUse(String from, String to) {
        if (from.equals(to)) {
            return true;
        }
        int ground = storeysFromTheTop.size() - 1;
        if (from.equals(INTERNAL)) {
            return storeyOf(to) == ground;
        }
        if (to.equals(INTERNAL)) {
            return storeyOf(from) < ground;
        }
        return isKnown(to) && storeyOf(from) < storeyOf(to);
    }

    private boolean isKnown(String name) {
        return name.equals(INTERNAL) || storeyOf(name) >= 0;
    }

    private int storeyOf(String name) {
        for (int i = 0; i < storeysFromTheTop.size(); i++) {
            if (storeysFromTheTop.get(i).contains(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The package directly below the root that a class belongs to; the empty text for the root itself. */
    private Optional<String> packageOf(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(root)) {
            return Optional.of("");
        }
        if (!name.startsWith(root + ".")) {
            return Optional.empty();
        }
        String below = name.substring(root.length() + 1);
        int dot = below.indexOf('.');
        return Optional.of(dot < 0 ? below : below.substring(0, dot));
    }
}
