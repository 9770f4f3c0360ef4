package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.DelegatingFeed;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import dev.steward.event.Subscription;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What others throw hurts nobody else, and what must not be seen is not. */
class HostManagerFaultsTest {
    private static Consumer<String> throwingOn(String call, String... more) {
        List<String> calls = new ArrayList<>(List.of(more));
        calls.add(call);
        return made -> {
            if (calls.contains(made)) {
                throw new IllegalStateException("no " + made + " today");
            }
        };
    }

    @Test
    void a_launch_that_throws_counts_as_unknown_and_is_repeated_after_a_look() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b"));
        boolean[] thrown = new boolean[1];
        scene.driver.beforeEachCall = call -> {
            if (call.equals("launch") && !thrown[0]) {
                thrown[0] = true;
                throw new IllegalStateException("not now");
            }
        };

        scene.settle();
        assertThat(scene.instance("b").state()).isEqualTo(RunState.UP);
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.LAUNCH_UNKNOWN);
        assertThat(scene.messages()).contains("a: the driver failed to launch: IllegalStateException: not now");
        assertThat(scene.driver.takeOrders()).containsExactly("look 1", "launch b");

        scene.run(Duration.ofSeconds(5));
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
    }

    @Test
    void a_launch_that_throws_for_ever_makes_no_busy_loop() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.beforeEachCall = throwingOn("launch", "look");

        scene.run(Duration.ofMinutes(1));

        assertThat(scene.instance("a").state()).isEqualTo(RunState.DOWN);
        assertThat(scene.takeEvents()).containsExactly("a starting", "a down");
        scene.driver.beforeEachCall = call -> {};
        scene.run(Duration.ofSeconds(10));
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
    }

    @Test
    void a_signal_that_throws_is_followed_by_the_next_of_the_plan() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.beforeEachCall = throwingOn("signal");
        scene.host.requestAll(TargetState.DOWN);
        scene.settle();
        scene.driver.beforeEachCall = call -> {};
        scene.driver.takeOrders();

        scene.run(Duration.ofSeconds(5));

        assertThat(scene.driver.takeOrders()).containsExactly("TERM a");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.DOWN);
        assertThat(scene.messages())
                .contains("a: INT could not be sent to pid 100: IllegalStateException: no signal today");
    }

    @Test
    void a_driver_that_cannot_be_opened_is_opened_later() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.beforeEachCall = throwingOn("open");

        scene.run(Duration.ofSeconds(5).minus(Scene.NANO));
        assertThat(scene.host.notifications()).hasSize(1);
        scene.driver.beforeEachCall = call -> {};
        scene.run(Scene.NANO);

        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(scene.host.notifications()).isEmpty();
    }

    @Test
    void a_driver_that_throws_in_close_is_closed_all_the_same() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.beforeEachCall = throwingOn("close");

        scene.close();

        assertThat(scene.host.manageOnce().isFinished()).isTrue();
    }

    @Test
    void what_a_feed_refuses_is_told_later_in_order() {
        VirtualTime time = new VirtualTime();
        InMemoryStateFeed good = new InMemoryStateFeed(time);
        boolean[] refuses = {true};
        StateFeed feed = new DelegatingFeed(good) {
            @Override
            public StateEvent publish(StateChange change) {
                if (refuses[0]) {
                    throw new IllegalStateException("full");
                }
                return super.publish(change);
            }
        };
        HostManager host = new HostManager(SiteConfig.of(Scene.spec("a")), new StubDriver(), feed, time);
        Subscription subscription = good.subscribe(() -> {});
        for (int pass = 0; pass < 5; pass++) {
            host.manageOnce();
        }
        assertThat(host.instances().get(0).state()).isEqualTo(RunState.UP);
        assertThat(host.notifications())
                .singleElement()
                .satisfies(notification -> assertThat(notification.text()).contains("full"));

        refuses[0] = false;
        time.advance(Duration.ofSeconds(1));
        host.manageOnce();

        List<String> told = new ArrayList<>();
        subscription.poll(event -> told.add(event.state()));
        assertThat(told).containsExactly("starting", "up");
        assertThat(host.notifications()).isEmpty();
    }

    @Test
    void a_secret_is_shown_nowhere() {
        String planted = "pl4nted-s3cret";
        LaunchSpec launch =
                LaunchSpec.of("/bin/a").withSecrets(Map.of("TOKEN", Secret.of(planted), "PART", Secret.of("s3cret")));
        InstanceSpec spec = Scene.spec("a").withLaunch(launch);
        Scene scene = Scene.of(spec).settle();
        StringBuilder all = new StringBuilder();

        scene.driver.exitsSaying("a", 1, "my token is " + planted, "and again: " + planted);
        scene.run(Duration.ofSeconds(3));
        all.append(scene.host.explain("a"));
        scene.driver.beforeEachCall = call -> {
            throw new IllegalStateException("cannot " + call + " with TOKEN=" + planted);
        };
        scene.driver.exits("a", 1);
        scene.run(Duration.ofSeconds(3));
        all.append(scene.host.explain("a"));
        scene.driver.beforeEachCall = call -> {};
        scene.run(Duration.ofSeconds(10));
        scene.driver.beforeEachCall = call -> {
            throw new IllegalStateException("cannot " + call + " with TOKEN=" + planted);
        };
        scene.host.die(Duration.ofSeconds(1));
        scene.run(Duration.ofSeconds(1));

        all.append(scene.messages()).append(scene.events).append(scene.host.notifications());
        all.append(scene.host.instances()).append(scene.host.explain("a"));
        all.append(scene.instance("a").view().spec()).append(scene.instance("a").view());
        assertThat(all.toString())
                .contains("my token is ***", "with TOKEN=***")
                .doesNotContain(planted)
                .doesNotContain("s3cret");
    }

    @Test
    void a_secret_that_is_longer_than_what_is_shown_is_hidden_before_it_is_cut() {
        List<String> key = IntStream.range(0, 60).mapToObj(i -> "key-line-" + i).toList();
        LaunchSpec launch = LaunchSpec.of("/bin/a").withSecrets(Map.of("KEY", Secret.of(String.join("\n", key))));
        Scene scene = Scene.of(Scene.spec("a").withLaunch(launch)).settle();

        scene.driver.exitsSaying("a", 1, key.toArray(String[]::new));
        scene.run(Duration.ofSeconds(3));

        assertThat(scene.messages().toString()).contains("***").doesNotContain("key-line");
    }
}
