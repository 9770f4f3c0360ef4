package dev.steward.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.RecordStore;
import dev.steward.testkit.contract.Failures;
import dev.steward.testkit.contract.RecordStoreContract;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
        Map<String, Set<String>> failures = Failures.byWrong(WrongRecordStoreCases.class);
        Set<String> rules = Failures.rules(RecordStoreContract.class);

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
        assertThat(Failures.of(RightCase.class)).isEmpty();
    }
}
