package dev.steward.node;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.loop.Step;
import dev.steward.notify.Notification;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A manager {@code BOSS} of some tables of records, each in state A at first, on virtual time. */
final class Scene {
    static final Duration NANO = Duration.ofNanos(1);
    static final String BOSS = "BOSS";

    final VirtualTime time = new VirtualTime();
    final InMemoryStateFeed feed = new InMemoryStateFeed(time);
    final List<TableChannel> channels = new ArrayList<>();
    final NodeManager manager;
    Step step = Step.again();

    /** With the default options. */
    static Scene of(String... names) {
        return with(NodeManager.Options.defaults(), names);
    }

    /** With options, after its first pass. */
    static Scene with(NodeManager.Options options, String... names) {
        return new Scene(options, names).pass();
    }

    /** Before its first pass. */
    Scene(NodeManager.Options options, String... names) {
        for (String name : names) {
            channels.add(TableChannel.in("A", name, time));
        }
        manager = NodeManager.publishing(BOSS, channels, feed, time, options);
    }

    TableChannel channel(String name) {
        return channels.stream()
                .filter(channel -> channel.node().equals(name))
                .findFirst()
                .orElseThrow();
    }

    TableChannel channel() {
        return channels.get(0);
    }

    Node node(String name) {
        return manager.node(name);
    }

    Node node() {
        return node(channel().node());
    }

    /** One pass. */
    Scene pass() {
        step = manager.manageOnce();
        return this;
    }

    /** Time, and then one pass. */
    Scene after(Duration duration) {
        time.advance(duration);
        return pass();
    }

    /** The failed checks of the first node, in order. */
    List<String> checks() {
        return checks(node());
    }

    static List<String> checks(Node node) {
        return node.faults().stream()
                .map(fault -> fault.check().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** What is wrong with all, and what is only told, as text. */
    List<String> told() {
        return manager.faults().stream().map(NodeFault::message).toList();
    }

    /** What operators see. */
    List<String> notified() {
        return manager.notifications().stream().map(Notification::text).toList();
    }

    /** What was asked of all nodes since this was last asked. */
    List<NodeWrite> takeWrites() {
        return channels.stream()
                .flatMap(channel -> channel.takeWrites().stream())
                .toList();
    }

    static List<String> names(Iterable<Node> nodes) {
        List<String> names = new ArrayList<>();
        nodes.forEach(node -> names.add(node.name()));
        return names;
    }
}
