/**
 * Steward's decisions: time, events and loops, and the features built on them.
 *
 * <p>Does no I/O and starts no thread, except for {@code LoopService}, which a host may use or leave.
 */
@org.jspecify.annotations.NullMarked
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
    exports dev.steward.store;
}
