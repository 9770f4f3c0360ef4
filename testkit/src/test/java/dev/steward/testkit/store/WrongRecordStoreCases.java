package dev.steward.testkit.store;

import dev.steward.store.InMemoryRecordStore;
import dev.steward.store.RecordStore;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.store.WrongRecordStore.Scene;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract over every wrong store; {@link WrongRecordStoresTest} runs it and wants it to fail. */
@ParameterizedClass(name = "{0}")
@EnumSource(WrongRecordStore.class)
class WrongRecordStoreCases extends FakeRecordStoreInTheCallContractTest {
    private final WrongRecordStore wrong;
    private final List<WrongStore> spoilt = new ArrayList<>();

    WrongRecordStoreCases(WrongRecordStore wrong) {
        this.wrong = wrong;
    }

    private RecordStore spoil(RecordStore good) {
        WrongStore bad = wrong.spoil(good, simulation);
        spoilt.add(bad);
        return bad;
    }

    @Override
    protected RecordStore open() {
        if (wrong.scene() == Scene.THREADS) {
            return spoil(new InMemoryRecordStore(new VirtualTime()));
        }
        return wrong.scene() == Scene.OTHERS ? super.open() : spoil(super.open());
    }

    @Override
    protected Optional<RecordStore> openAnother() {
        if (wrong.scene() == Scene.THREADS) {
            return Optional.empty();
        }
        if (wrong.scene() == Scene.GROUND_OF_ITS_OWN) {
            return Optional.of(
                    new FakeStoreGround(simulation).answersInTheCall().client("p2"));
        }
        return super.openAnother().map(this::spoil);
    }

    @Override
    protected boolean forgetDeletions() {
        spoilt.forEach(WrongStore::forgetsDeletions);
        return super.forgetDeletions();
    }

    @Override
    protected <T> @Nullable T poll(BlockingQueue<T> news, Duration limit) {
        return wrong.scene() == Scene.THREADS ? news.poll() : super.poll(news, limit);
    }

    @Override
    protected int threads() {
        return wrong.scene() == Scene.THREADS ? 4 : 1;
    }
}
