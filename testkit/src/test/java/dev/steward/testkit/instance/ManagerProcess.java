package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Subscription;
import dev.steward.instance.Census;
import dev.steward.instance.ConfigSource;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.HostManager;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceCause;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.RestartAnswer;
import dev.steward.instance.RestartOrder;
import dev.steward.instance.RunState;
import dev.steward.instance.ShutdownAnswer;
import dev.steward.instance.Signal;
import dev.steward.instance.SignalAnswer;
import dev.steward.instance.SiteConfig;
import dev.steward.instance.TargetAnswer;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.UpdateAnswer;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One life of the program that a host manager is in: its driver, its feed, and what it has been asked. It hands all that the manager does to
 * the oracles, and watches that the events are a proper story. Not safe for use by many threads.
 */
final class ManagerProcess implements ControlLoop {
    final FakeInstanceDriver driver;
    final HostManager manager;
    int unanswered;
    private final World world;
    private final Simulation simulation;
    private final Tally tally;
    private final Random luck;
    private final Steps steps;
    private final Subscription events;
    private final Story story;
    private final Adoption adoption;
    private final HoldWatch holds = new HoldWatch();
    private final List<String> signalled = new ArrayList<>(); // in this pass, without being asked to
    private final Map<String, Integer> signalsAsked = new HashMap<>();
    private final Set<Incarnation> launched = new HashSet<>();
    private Map<String, InstanceSpec> specs = new HashMap<>();
    private @Nullable SiteConfig loaded;
    private Duration lastOrder = Duration.ZERO;
    private int passes;
    private boolean shuttingDown;

    ManagerProcess(World world, ConfigSource site, OnClose onClose, List<TargetRequest> startRequests, Steps steps) {
        Planted planted = world.planted();
        this.world = world;
        this.simulation = world.simulation();
        this.tally = world.tally();
        this.steps = steps;
        this.luck = new Random(simulation.seed() * 0x9E3779B97F4A7C15L);
        this.driver = new FakeInstanceDriver(world.host(), planted.onClose(onClose));
        this.adoption = new Adoption(world.host());
        InMemoryStateFeed feed = new InMemoryStateFeed(simulation.time());
        boolean hostileFeed = world.hostile() && luck.nextInt(4) == 0;
        this.story = new Story(world, startRequests, !hostileFeed);
        this.events = feed.subscribe(() -> {
            if (hostileFeed) {
                tally.fault("F24 wake-up of a listener throws");
                throw new IllegalStateException("a listener is broken");
            }
        });
        if (hostileFeed) {
            feed.listen(
                    task -> {
                        tally.fault("F23 executor refuses");
                        throw new RejectedExecutionException("no more threads");
                    },
                    event -> {});
        }
        var told = new HostileFeed(feed, simulation.faults(), hostileFeed, planted, luck, steps);
        InstanceDriver good = planted.around(new Seen(driver), luck);
        InstanceDriver met = world.hostile() ? new HostileDriver(good, simulation.faults()) : good;
        this.manager = new HostManager(
                () -> loaded(site),
                new Watched(met),
                told,
                simulation.time(),
                planted.options(HostManager.Options.defaults().withStartRequests(startRequests)));
    }

    private SiteConfig loaded(ConfigSource site) {
        SiteConfig config;
        try {
            config = site.load();
        } catch (IllegalStateException unreadable) {
            if (world.planted() == Planted.TAKES_AN_UNREADABLE_CONFIGURATION_FOR_AN_EMPTY_ONE) {
                return SiteConfig.of(List.of());
            }
            throw unreadable;
        }
        boolean again = loaded != null; // the first may have been without any instance
        SiteConfig first = loaded == null || world.planted() != Planted.KEEPS_AN_OLD_CONFIGURATION ? config : loaded;
        loaded = first;
        Map<String, InstanceSpec> all = new HashMap<>();
        config.instances().forEach(spec -> all.put(spec.name(), spec));
        if (again) {
            adoption.reloaded();
        }
        story.loaded(specs, config);
        specs = all;
        return world.planted().config(first);
    }

    @Override
    public Step manageOnce() {
        tally.passes++;
        passes++;
        steps.step("pass");
        boolean interrupted = world.hostile() && luck.nextInt(100) == 0;
        if (interrupted) {
            tally.fault("F23 thread interrupted");
            Thread.currentThread().interrupt();
        }
        holds.passBegins(simulation.elapsed());
        Step step;
        try {
            step = manager.manageOnce();
        } finally {
            assertThat(Thread.interrupted()).as("F23: still interrupted").isEqualTo(interrupted);
        }
        if (shuttingDown) {
            shuttingDown = false;
            story.shutsDown(specs.keySet());
        }
        passEnded();
        steps.step("pass over");
        return step;
    }

    private void passEnded() {
        Duration now = simulation.elapsed();
        story.passEnded(specs, now);
        events.poll(event -> story.tell(event, specs, manager, now));
        tally.adoptions += adoption.passEnded(specs, manager);
        story.told(specs, manager, passes, now);
        for (String signal : signalled) {
            ManagedInstance instance = manager.instance(signal.split(" ", 3)[0]).orElse(null);
            String life = signal.split(" ", 3)[2];
            assertThat(instance != null
                            && instance.state() == RunState.UP
                            && instance.life()
                                    .filter(one -> one.id().equals(life))
                                    .isPresent()
                            && !instance.cause().code().equals(InstanceCause.DEPENDENTS_FIRST)
                            && story.isStrict())
                    .as("%s was sent, and %s", signal, instance)
                    .isFalse();
        }
        signalled.clear();
        assertThat(adoption.violations()).as("adoption").isEmpty();
        assertThat(holds.violations()).as("holds").isEmpty();
        story.assertNothingWrong();
    }

    @Override
    public String name() {
        return manager.name();
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        manager.wakeWith(() -> {
            if (!world.planted().losesWakeUp(luck)) {
                wakeUp.wake();
            }
        });
    }

    @Override
    public void close() {
        steps.step("close");
        manager.close();
        events.poll(event -> story.tell(event, specs, manager, simulation.elapsed()));
        steps.step("closed");
    }

    // ---- asking

    /** Asks for something; the answer comes with the pass. */
    CompletableFuture<UpdateAnswer> update(List<TargetRequest> requests, boolean reload, boolean strict) {
        tally.requests += requests.size();
        story.asked(requests, reload);
        if (world.planted().losesRequest(luck)) {
            List<TargetAnswer> accepted = new ArrayList<>();
            requests.forEach(request -> accepted.add(new TargetAnswer(request, TargetAnswer.Verdict.ACCEPTED)));
            return CompletableFuture.completedFuture(new UpdateAnswer(accepted, Optional.empty()));
        }
        CompletableFuture<UpdateAnswer> answer = manager.update(requests, reload, strict);
        unanswered++;
        var unused = answer.thenAccept(given -> {
            unanswered--;
            story.answered(given);
        });
        return answer;
    }

    /** Asks for restarts. */
    CompletableFuture<RestartAnswer> restart(List<String> names, RestartOrder order) {
        tally.restartsAsked++;
        CompletableFuture<RestartAnswer> answer =
                manager.restart(names, world.planted().order(order));
        unanswered++;
        story.restartAsked(names, order, answer);
        var unused = answer.thenAccept(given -> {
            unanswered--;
            assertThat(given.outcomes())
                    .as("I3: outcomes")
                    .hasSize(Set.copyOf(names).size());
        });
        return answer;
    }

    /** Asks for a signal. */
    CompletableFuture<SignalAnswer> signal(String name, Signal signal) {
        CompletableFuture<SignalAnswer> answer = manager.signal(name, signal);
        unanswered++;
        signalsAsked.merge(name + " " + signal, 1, Integer::sum);
        var unused = answer.thenAccept(given -> unanswered--);
        return answer;
    }

    /** Holds one for a while. */
    void hold(String name, String holder, Duration length) {
        tally.holds++;
        holds.hold(name, holder, length);
        if (!world.planted().losesHold(luck)) {
            manager.hold(List.of(name), holder, "", length);
        }
    }

    /** Lets go of some. */
    void release(List<String> names, String holder) {
        names.forEach(name -> holds.release(name, holder));
        manager.release(names, holder);
    }

    /** Asks for the end. */
    CompletableFuture<ShutdownAnswer> die(Duration limit) {
        CompletableFuture<ShutdownAnswer> answer = manager.die(limit);
        holds.shutsDown();
        specs.keySet().forEach(story::unsure);
        shuttingDown = true;
        story.hurriesIn(limit, specs.values());
        return answer;
    }

    // ---- watching

    /** Knows what the driver has really told. */
    private final class Seen extends Decorator {
        Seen(InstanceDriver good) {
            super(good);
        }

        @Override
        void tell(Census census, DriverEvents to) {
            adoption.census(census);
            to.census(census);
        }

        @Override
        void tell(Observation news, DriverEvents to) {
            adoption.observed(news);
            if (news instanceof Observation.Exited exited && exited.lingering()) {
                tally.fault("F19 something lingers");
            }
            to.observed(news);
        }
    }

    /** Knows what the manager has really done. */
    private final class Watched extends Decorator {
        Watched(InstanceDriver good) {
            super(good);
        }

        @Override
        public void open(DriverEvents told) {
            steps.step("open");
            super.open(told);
            steps.step("opened");
        }

        @Override
        public void launch(InstanceSpec spec, Incarnation life) {
            adoption.launched(spec.name(), specs, holds::isHeld);
            lastOrder = simulation.elapsed();
            story.launchOrdered(spec.name());
            holds.launched(spec.name());
            steps.step("launch of " + spec.name());
            super.launch(spec, life);
            launched.add(life);
            steps.step("launched " + spec.name());
        }

        @Override
        public void signal(String name, Incarnation life, Signal signal) {
            lastOrder = simulation.elapsed();
            adoption.signalled(name, signal);
            if (signalsAsked.merge(name + " " + signal, -1, Integer::sum) < 0) {
                signalsAsked.remove(name + " " + signal);
                signalled.add(name + " " + signal + " " + life.id());
                holds.signalled(name, life);
            }
            steps.step("signal to " + name);
            super.signal(name, life, signal);
            steps.step("signalled " + name);
        }

        @Override
        public void look(long ticket) {
            steps.step("look");
            super.look(ticket);
            steps.step("looked");
        }

        @Override
        public void measure(String name, Incarnation life) {
            steps.step("measure " + name);
            super.measure(name, life);
        }

        @Override
        void tell(Observation news, DriverEvents to) {
            steps.step("news of " + news.name());
            to.observed(news);
            steps.step("told of " + news.name());
        }

        @Override
        void tell(Census census, DriverEvents to) {
            steps.step("census");
            to.census(census);
            steps.step("told census");
        }
    }

    /** Each launch has been told as a start, and no other; nothing is left open of what does not run. */
    void assertStoryIsComplete(FakeHost host) {
        story.assertComplete(host, manager);
    }

    /** Whether the driver has told what runs. */
    boolean isInStep() {
        return adoption.isKnown();
    }

    /** Whether it was this one that launched a life. */
    boolean hasLaunched(Incarnation life) {
        return launched.contains(life);
    }

    /** When it last gave an order. */
    Duration lastOrder() {
        return lastOrder;
    }

    long eventsSeen() {
        return story.events();
    }
}
