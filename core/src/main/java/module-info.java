/**
 * Steward's decisions: time, events and loops, and the features built on them.
 *
 * <p>Does no I/O and starts no thread, except for {@code LoopService}, which a host may use or leave.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the testkit is built later
module dev.steward.core {
    requires com.google.common;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.steward.time;
    exports dev.steward.state;
    exports dev.steward.event;
    exports dev.steward.loop;
    exports dev.steward.await;
    exports dev.steward.guard;
    exports dev.steward.instance;
    exports dev.steward.lead;
    exports dev.steward.node;
    exports dev.steward.notify;
    exports dev.steward.reconcile;
    exports dev.steward.store;

    // for proofs that count what a process holds
    opens dev.steward.internal to
            dev.steward.testkit;
    opens dev.steward.kernel to
            dev.steward.testkit;
    opens dev.steward.lead to
            dev.steward.testkit;
    opens dev.steward.loop to
            dev.steward.testkit;
    opens dev.steward.reconcile to
            dev.steward.testkit;
}
