package dev.steward.await;

import dev.steward.event.DelegatingFeed;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Kind;
import dev.steward.event.Reason;
import dev.steward.event.StateChange;
import dev.steward.event.StateFeed;
import dev.steward.time.VirtualTime;
import java.time.Duration;

/** A feed on virtual time, of our own or of somebody else's making, and short words to publish with. Not safe for use by many threads. */
final class Scene {
    /** Things whose states are any words. */
    static final Kind<String> NODE = Kind.open("node", word -> !word.isEmpty());

    /** Things with three states. */
    static final Kind<Light> LIGHT = Kind.of("light", Light.class);

    /** States of a {@link #LIGHT}. */
    enum Light {
        OFF,
        WARMING,
        ON
    }

    /** Codes of reasons. */
    enum Fault {
        BROKEN,
        REFUSED
    }

    final VirtualTime time = new VirtualTime();
    final InMemoryStateFeed ours;
    final StateFeed feed;

    private Scene(boolean foreign, int tail) {
        ours = new InMemoryStateFeed(time, tail);
        feed = foreign ? new Foreign(ours) : ours;
    }

    static Scene onOurFeed() {
        return new Scene(false, 1_000);
    }

    static Scene onForeignFeed() {
        return onForeignFeed(1_000);
    }

    static Scene onForeignFeed(int tail) {
        return new Scene(true, tail);
    }

    boolean isForeign() {
        return feed != ours;
    }

    StateWaitBuilder wait(Kind<?> kind, String name, String... states) {
        return StateWait.on(feed, time).forAll(kind, name).toReach(states);
    }

    StateWaitBuilder.Names forAll(String... names) {
        return StateWait.on(feed, time).forAll(NODE, names);
    }

    /** The thing enters these states, one after the other. */
    void enter(String name, String... states) {
        for (String state : states) {
            feed.publish(StateChange.entered(NODE, name, state));
        }
    }

    void fail(String name) {
        fail(name, Reason.none());
    }

    void fail(String name, Reason cause) {
        feed.publish(StateChange.failed(NODE, name, "down", cause));
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    /** The same feed, but not known as ours. */
    static final class Foreign extends DelegatingFeed {
        Foreign(InMemoryStateFeed feed) {
            super(feed);
        }
    }
}
