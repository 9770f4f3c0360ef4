package dev.steward.testkit.instance;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.instance.ConfigSource;
import dev.steward.instance.HostManager;
import dev.steward.instance.HostMemory;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.OnClose;
import dev.steward.instance.RestartPolicy;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.TargetRequest;
import dev.steward.loop.Mode;
import dev.steward.notify.LoggedMessage;
import dev.steward.notify.Notification;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordValue;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.FakeRecordStore;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.Simulation;
import dev.steward.time.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host, a store, and one manager after another: what the tests of memory begin with. */
abstract class MemoryScene {
    static final InstanceSpec A = InstanceSpec.of("a", "/bin/a");
    static final InstanceSpec B = InstanceSpec.of("b", "/bin/b");
    static final InstanceSpec FRAGILE = A.withRestart(RestartPolicy.standard()
            .withBackoff(Backoff.constant(ofMillis(100)))
            .withGiveUp(3, ofSeconds(60)));

    final Simulation simulation = new Simulation(11);
    final FakeStoreGround ground = new FakeStoreGround(simulation);
    final FakeHost host = new FakeHost(simulation);
    private @Nullable FakeInstanceDriver driver;
    private @Nullable FakeRecordStore client;
    private @Nullable HostManager manager;
    private ConfigSource site = SiteConfig.of(A, B);
    private List<TargetRequest> startRequests = List.of();
    private Duration patience = ofSeconds(5);
    private Mode mode = Mode.ACT;

    // ---- managers

    void configure(InstanceSpec... specs) {
        site = SiteConfig.of(specs);
    }

    void configure(ConfigSource other) {
        site = other;
    }

    void startRequests(TargetRequest... requests) {
        startRequests = List.of(requests);
    }

    void patience(Duration other) {
        patience = other;
    }

    void mode(Mode other) {
        mode = other;
    }

    /** The next manager, and a moment for it to begin. */
    void start() {
        begin(ground.client("manager"));
        run(ofMillis(10));
    }

    /** The next manager, with a store of its own; nothing has passed yet. */
    void begin(FakeRecordStore store) {
        client = store;
        begin(memory(store));
    }

    HostMemory memory(RecordStore store) {
        RecordCache cache = new RecordCache(store, Set.of(HostMemory.prefix("here")), simulation.time());
        return HostMemory.of(cache, "here").withPatience(patience);
    }

    void begin(HostMemory memory) {
        driver = new FakeInstanceDriver(host, OnClose.LEAVE);
        HostManager.Options options = HostManager.Options.defaults()
                .withStartRequests(startRequests)
                .withMemory(memory)
                .withMode(mode);
        manager = new HostManager(
                () -> site.load(), driver, new InMemoryStateFeed(simulation.time()), simulation.time(), options);
        simulation.add(manager);
    }

    void startWithoutMemory() {
        begin(HostMemory.none());
        run(ofMillis(10));
    }

    /** As SIGKILL does: what it has sent to the store is done, what runs goes on. */
    void kill() {
        simulation.kill(manager());
        driver().die();
        if (client != null) {
            client.crash();
        }
    }

    void restart() {
        kill();
        start();
    }

    /** The manager is killed, and the machine loses power: nothing runs any more. */
    void powerCut() {
        kill();
        host.lives().stream().filter(life -> life.exit().isEmpty()).forEach(life -> host.exit(life.name(), 0));
        run(ofSeconds(1));
    }

    void run(Duration length) {
        simulation.run(length);
    }

    HostManager manager() {
        return checked(manager);
    }

    FakeInstanceDriver driver() {
        return checked(driver);
    }

    FakeRecordStore client() {
        return checked(client);
    }

    private static <T> T checked(@Nullable T thing) {
        if (thing == null) {
            throw new IllegalStateException("nothing has begun");
        }
        return thing;
    }

    // ---- asking and looking

    void up(String name) {
        ask(TargetRequest.up(name));
    }

    void down(String name) {
        ask(TargetRequest.down(name));
    }

    void ask(TargetRequest request) {
        var unused = manager().update(List.of(request), false);
    }

    void reload() {
        var unused = manager().update(List.of(), true);
    }

    ManagedInstance instance(String name) {
        return manager().instance(name).orElseThrow();
    }

    List<String> messages() {
        return manager().messages().stream().map(LoggedMessage::text).toList();
    }

    List<String> notifications() {
        return manager().notifications().stream().map(Notification::text).toList();
    }

    /** A fails so often, with time to come up again in between. */
    void failures(int times) {
        for (int i = 0; i < times; i++) {
            host.crash("a");
            run(ofSeconds(1));
        }
    }

    int commits() {
        return ground.performed().size();
    }

    void write(String key, RecordValue value) {
        commit(new Stage().create(key, value));
    }

    void delete(String key) {
        Map<String, Versioned> records = ground.records();
        commit(new Stage().delete(records.get(key)));
    }

    void commit(Stage stage) {
        ground.client("someone").commit(stage.toBatch("by hand " + commits()), answer -> {});
        run(ofMillis(1));
    }
}
