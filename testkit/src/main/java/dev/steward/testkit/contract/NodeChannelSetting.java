package dev.steward.testkit.contract;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeWrite;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of {@link NodeChannelContract} need to be told about an implementation. Extend that one, it has all parts. */
@SuppressWarnings("NullAway.Init") // the channel is made before each test
public abstract class NodeChannelSetting {
    /** Of the test that runs. */
    NodeChannel channel;

    /** Listens to it from the beginning. */
    NodeChannelWatch watch;

    /** For subclasses. */
    protected NodeChannelSetting() {}

    // ---- what an implementation says

    /** A new channel to a node that is there, runs in AUTO, and is at rest. Called once for each test. */
    protected abstract NodeChannel newChannel();

    /** At least three states that may be requested; none of them is the request that the node begins with. */
    protected abstract List<String> requestable();

    /** Breaks the connection to the node; false if the channel has none that could break, and then rules about it are left out. */
    protected boolean drop() {
        return false;
    }

    /** Mends it. */
    protected void restore() {}

    /** Somebody else asks the node to go to a state, over a way that is not {@link #drop dropped}. At first, over the channel itself. */
    protected void requestByOther(String state) {
        channel.write(new NodeWrite.Request(state), outcome -> {});
    }

    /** STATE, TARGET and REQUEST of the node become this at one instant; false if nothing can do that, and then the rule is left out. */
    protected boolean moveAtOnce(String state) {
        return false;
    }

    /** The node gets what is asked from now on, and never answers; false if that cannot be, and then the rule is left out. */
    protected boolean fallSilent() {
        return false;
    }

    /** Takes the next of {@code news} as soon as it is there, or null if there is none within {@code limit}. */
    protected <T> @Nullable T poll(BlockingQueue<T> news, Duration limit) throws InterruptedException {
        return news.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How long news may take, hints as well as answers; at first 20 s. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    /** How long to listen where no news may come, or no more; at first 200 ms. */
    protected Duration quiet() {
        return Duration.ofMillis(200);
    }

    /** How many threads use the channel at once where a rule is about that; at first 4. On virtual time it may be 1, the test's own. */
    protected int threads() {
        return 4;
    }

    // ---- for the rules

    /** Every test begins with a channel that is connected, and a listener. */
    @BeforeEach
    public final void connect() throws InterruptedException {
        channel = newChannel();
        watch = listen();
        if (!channel.view().connected()) {
            watch.until("a connected node", view -> view.connected());
        }
    }

    /** Another listener. */
    final NodeChannelWatch listen() {
        return new NodeChannelWatch(this).on(channel);
    }

    final NodeChannelAsk ask(NodeWrite write) {
        return new NodeChannelAsk(this).of(channel, write);
    }

    final NodeChannelAsk request(String state) {
        return ask(new NodeWrite.Request(state));
    }

    final String state(int number) {
        return requestable().get(number % requestable().size());
    }
}
