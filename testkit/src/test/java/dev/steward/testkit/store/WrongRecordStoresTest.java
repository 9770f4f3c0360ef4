package dev.steward.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.steward.store.RecordStore;
import dev.steward.testkit.contract.RecordStoreContract;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contract of record stores finds wrong stores: each of these differs from the fake in one thing. */
class WrongRecordStoresTest {
    /** The fake behind one that changes nothing. */
    static class RightCase extends FakeRecordStoreInTheCallContractTest {
        @Override
        protected RecordStore open() {
            return new WrongStore(super.open());
        }

        @Override
        protected Optional<RecordStore> openAnother() {
            return super.openAnother().map(WrongStore::new);
        }
    }

    @Test
    void each_wrong_store_fails_the_rule_that_it_breaks_and_each_rule_has_one() {
        Map<String, Set<String>> failures = failures(WrongRecordStoreCases.class);
        Set<String> rules = Arrays.stream(RecordStoreContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .collect(Collectors.toCollection(TreeSet::new));

        for (WrongRecordStore wrong : WrongRecordStore.values()) {
            assertThat(failures.get(wrong.name()))
                    .as("rules broken by %s", wrong)
                    .isNotNull()
                    .contains(wrong.rule());
        }
        assertThat(Stream.of(WrongRecordStore.values())
                        .map(WrongRecordStore::rule)
                        .collect(Collectors.toSet()))
                .isEqualTo(rules);
        System.out.println(
                "contract RecordStore: " + failures.size() + " wrong, " + rules.size() + " rules, all failed once");
    }

    @Test
    void finds_nothing_in_one_that_changes_nothing() {
        assertThat(failures(RightCase.class)).isEmpty();
    }

    /** Which rules failed, for each wrong implementation. */
    private static Map<String, Set<String>> failures(Class<?> cases) {
        Map<String, Set<String>> failures = new TreeMap<>();
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(cases)).execute().testEvents().failed().stream()
                .map(Event::getTestDescriptor)
                .forEach(test -> failures.computeIfAbsent(wrong(test), any -> new TreeSet<>())
                        .add(test.getDisplayName().replace("()", "")));
        return failures;
    }

    private static String wrong(TestDescriptor test) {
        return test.getParent().orElseThrow().getDisplayName();
    }
}
