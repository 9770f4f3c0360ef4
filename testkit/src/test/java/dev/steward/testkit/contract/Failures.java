package dev.steward.testkit.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs contracts over what is wrong on purpose, and says which rules have noticed. */
public final class Failures {
    private Failures() {}

    /** The names of the rules of a contract. */
    public static Set<String> rules(Class<?> contract) {
        return Arrays.stream(contract.getMethods())
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Which rules failed over each wrong implementation of a parameterized class; what no rule has noticed is not in it. */
    public static Map<String, Set<String>> byWrong(Class<?> cases) {
        Map<String, Set<String>> failures = new TreeMap<>();
        failed(cases)
                .forEach(test -> failures.computeIfAbsent(
                                test.getParent().orElseThrow().getDisplayName(), any -> new TreeSet<>())
                        .add(rule(test)));
        return failures;
    }

    /** Which rules failed at all. */
    public static Set<String> of(Class<?> contract) {
        return failed(contract).stream().map(Failures::rule).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<TestDescriptor> failed(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(Event::getTestDescriptor)
                .collect(Collectors.toSet());
    }

    private static String rule(TestDescriptor test) {
        return ((MethodSource) test.getSource().orElseThrow()).getMethodName();
    }
}
