package dev.steward.examples.licences;

import dev.steward.reconcile.Outcome;
import java.util.function.Consumer;

// region LicenceApi
/** A licence server far away: its answers come late, or never. */
public interface LicenceApi {
    /** What is leased of a product. */
    void find(String product, Consumer<? super Outcome<Licence>> then);

    /** Leases a product; an order that is sent twice leases once. */
    void lease(String product, String order, Consumer<? super Outcome<Licence>> then);

    /** Makes a lease last longer. */
    void renew(String product, String order, Consumer<? super Outcome<Licence>> then);
}
// endregion
