package dev.steward.examples.licences;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;

import dev.steward.event.Kind;
import dev.steward.reconcile.Outcome;
import dev.steward.reconcile.Plan;
import dev.steward.reconcile.Reconciler;
import dev.steward.reconcile.Thing;
import dev.steward.store.RecordType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

// region LicenceKeeper
/** Keeps each product leased, once: by any of several processes, whatever becomes of them, of the server, or of an answer. */
public final class LicenceKeeper extends Reconciler<Licence, LicenceKeeper.State> {
    /** What a product can be. */
    public enum State {
        MISSING,
        LEASED
    }

    static final Kind<State> LICENCE = Kind.of("licence", State.class);
    static final RecordType<String> ORDER =
            RecordType.of("order/", 1, (order, output) -> output.text(order), input -> input.text());

    private final LicenceApi server;

    LicenceKeeper(LicenceApi server) {
        super(LICENCE);
        this.server = server;
    }

    @Override
    protected List<RecordType<?>> records() {
        return List.of(ORDER);
    }

    @Override
    protected void observe(String product, Consumer<? super Outcome<Licence>> then) {
        server.find(product, then);
    }

    @Override
    protected State state(Thing<Licence> thing) {
        return thing.seen().lasts(thing.at(), ZERO) ? State.LEASED : State.MISSING;
    }

    @Override
    protected void decide(Thing<Licence> thing, Plan<Licence> plan) {
        Optional<String> order = thing.record(ORDER);
        if (order.isEmpty()) {
            plan.write(ORDER, plan.id()).because("an order is recorded before it is sent");
        } else if (!thing.seen().lasts(thing.at(), ZERO)) {
            plan.act("lease", then -> server.lease(thing.name(), order.get(), then));
        } else if (!thing.seen().lasts(thing.at(), ofMinutes(5))) {
            plan.act("renew", then -> server.renew(thing.name(), order.get(), then));
        }
    }
}
// endregion
