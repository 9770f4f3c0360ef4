package dev.steward.examples.licences;

import dev.steward.reconcile.Outcome;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

// region FakeLicenceServer
/** A licence server in memory: says at once what it does. What goes wrong on the way is not its affair. */
final class FakeLicenceServer implements LicenceApi {
    private static final Duration LEASE = Duration.ofMinutes(30);

    private final TimeSource time;
    private final Map<String, Licence> byOrder = new HashMap<>();

    FakeLicenceServer(TimeSource time) {
        this.time = time;
    }

    @Override
    public void find(String product, Consumer<? super Outcome<Licence>> then) {
        then.accept(Outcome.done(byOrder.values().stream()
                .filter(licence -> licence.lasts(time.now(), Duration.ZERO))
                .findFirst()
                .orElse(Licence.NONE)));
    }

    @Override
    public void lease(String product, String order, Consumer<? super Outcome<Licence>> then) {
        byOrder.put(order, new Licence(order, time.now().plus(LEASE)));
        then.accept(Outcome.done(byOrder.get(order)));
    }

    @Override
    public void renew(String product, String order, Consumer<? super Outcome<Licence>> then) {
        if (byOrder.containsKey(order)) {
            lease(product, order, then);
        } else {
            then.accept(Outcome.refused("no such lease: " + order));
        }
    }

    /** How many leases there are, each of which has to be paid. */
    long leases() {
        return byOrder.values().stream()
                .filter(licence -> licence.lasts(time.now(), Duration.ZERO))
                .count();
    }

    /** It is started anew, and has lost all leases. */
    void forget() {
        byOrder.clear();
    }
}
// endregion
