package dev.steward.testkit.proof;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.function.Executable;

/**
 * Proves a controller as far as that can be done by playing: runs one's own loop and fakes on virtual time, once as it should be and then
 * with everything that can go wrong, and checks one's own rules and these:
 *
 * <ul>
 *   <li><i>determinism</i>: the same run goes the same way twice: the one without faults, and each 50th seed;
 *   <li><i>convergence</i>: when nothing goes wrong any more, what must eventually hold does, and stays so;
 *   <li><i>no lost request</i>: what the world {@linkplain World#expect expects} to be answered is;
 *   <li><i>nothing after close</i>: a process that was closed asks for nothing and publishes nothing;
 *   <li><i>no unbounded growth</i>: nothing that a process or the store holds grows in round after round;
 *   <li><i>no throwing</i> and <i>no spinning</i>: no loop does either.
 * </ul>
 *
 * <pre>{@code
 * Proof.of(Licences::new)
 *         .everyCrashPoint().everyAnswerLostLateOrTwice().twoLeaders().seeds(200)
 *         .always("one licence", it -> it.server().leases() <= 1)
 *         .eventually("leased", it -> it.server().leases() == 1)
 *         .run();
 * }</pre>
 *
 * <p>{@link #run} throws a {@link ProofFailure} for the first run that breaks a rule, shrunk to few faults and events, with its story and a
 * test method that does it again.
 *
 * <p><b>Threads.</b> Immutable: each method answers another proof. Runs are played on as many threads as there are processors; each has its
 * own scenario.
 */
public final class Proof<S extends Scenario> {
    private static final Duration SETTLE = Duration.ofMinutes(10);
    private static final Duration LASTING = Duration.ofMinutes(3);
    private static final int MOST_POINTS = 1_000;

    private final Setting<S> setting;
    private final int seeds;
    private final int most;

    private Proof(Setting<S> setting, int seeds, int most) {
        this.setting = setting;
        this.seeds = seeds;
        this.most = most;
    }

    /**
     * A proof without faults and rules: one process, as it should be.
     *
     * @param make makes a scenario for each run; called on several threads
     */
    public static <S extends Scenario> Proof<S> of(Function<World, ? extends S> make) {
        checkNotNull(make, "make");
        return new Proof<>(new Setting<S>(make, 1, List.of(), List.of(), List.of(), SETTLE, LASTING), 0, MOST_POINTS);
    }

    /**
     * The other door: bad days that a simulation of one's own makes.
     *
     * @param name of the whole, for people
     * @param make makes the day of a seed; called on several threads
     */
    public static BadDays ofDays(String name, LongFunction<? extends BadDay> make) {
        return new BadDays(name, make, 1, 1, 0);
    }

    // ---- what goes wrong

    /** The process dies at each step of each of its calls, a run each, and is started again some seconds later. */
    public Proof<S> everyCrashPoint() {
        return and(FaultClass.CRASH);
    }

    /** Requests and answers get lost or come late, and answers come twice; each commit and each look at the store has all that can become of it. */
    public Proof<S> everyAnswerLostLateOrTwice() {
        return and(FaultClass.ANSWERS);
    }

    /** Each commit is told a conflict, is refused, finds the store unavailable, and meets a real conflict. */
    public Proof<S> everyConflict() {
        return and(FaultClass.CONFLICTS);
    }

    /** There are two processes at least, and at each call both are advised to lead, or the other one, or nobody; and sessions are lost. */
    public Proof<S> twoLeaders() {
        Proof<S> more = and(FaultClass.LEADERS);
        return setting.processes() >= 2 ? more : more.processes(2);
    }

    /** Looks at the store show an older view for a while, and remote things tell what they knew some seconds ago. */
    public Proof<S> staleReads() {
        return and(FaultClass.STALE);
    }

    /**
     * At each call the process gets no pass for 10 s, 90 s, an hour, and the wall clock steps. The rest of the pass under way still runs, and
     * answers still arrive.
     */
    public Proof<S> pauses() {
        return and(FaultClass.PAUSES);
    }

    /** All of these. */
    public Proof<S> everyFault() {
        return everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .everyConflict()
                .twoLeaders()
                .staleReads()
                .pauses();
    }

    /** Besides, {@code number} runs with one to eight faults of all these at random. */
    public Proof<S> seeds(int number) {
        checkArgument(number >= 0, "seeds: %s", number);
        return new Proof<>(setting, number, most);
    }

    /** Plays at most so many points of each class of faults, spread over all calls; at first {@value #MOST_POINTS}. */
    public Proof<S> atMost(int points) {
        checkArgument(points >= 1, "points: %s", points);
        return new Proof<>(setting, seeds, points);
    }

    /** So many processes, which {@link Scenario#start} is asked for. */
    public Proof<S> processes(int number) {
        checkArgument(number >= 1, "processes: %s", number);
        return with(setting.withProcesses(number));
    }

    // ---- what must hold

    /** This must hold behind every turn of every run, also while things go wrong. */
    public Proof<S> always(String rule, Predicate<? super S> holds) {
        return with(setting.withAlways(rule(rule, holds)));
    }

    /** This must come to hold when nothing goes wrong any more, {@linkplain #settleWithin within a while}, and stay so for two minutes. */
    public Proof<S> eventually(String rule, Predicate<? super S> holds) {
        return with(setting.withEventually(rule(rule, holds)));
    }

    /** How long after the last fault everything must have settled; at first 10 minutes. */
    public Proof<S> settleWithin(Duration limit) {
        checkArgument(!limit.isNegative() && !limit.isZero(), "settles within %s?", limit);
        return with(setting.withSettleWithin(limit));
    }

    /** How long things go wrong in a run; at first 3 minutes, and longer if what happens in the world takes longer. */
    public Proof<S> lasting(Duration length) {
        checkArgument(!length.isNegative() && !length.isZero(), "lasting %s?", length);
        return with(setting.withLasting(length));
    }

    // ---- playing

    /**
     * Plays all of it, and prints in one line what that was.
     *
     * @throws ProofFailure if a rule does not hold in some run; always the same one
     */
    public ProofReport run() {
        return prover().run(Again.only());
    }

    /** Plays one run, for tests of the engine. */
    RunEnd play(String run) {
        return new Run<>(setting, Replay.parse(run), null, null).play();
    }

    /**
     * Does a test again with one run only: that of a {@link ProofFailure}, whose message has the source code of a test that calls this.
     *
     * <p>Only proofs that run on the thread of the test are.
     *
     * @param run as the failure says: {@code seed 17; crash p1 lease#2 done; without event 3}
     * @param test the test that failed; every {@link #run} in it plays this run only
     * @throws ProofFailure if it fails again
     */
    public static void again(String run, Executable test) {
        Again.play(Replay.parse(run), checkNotNull(test, "test"));
    }

    private Prover<S> prover() {
        return new Prover<>(setting, seeds, most, Snippet.here());
    }

    private Proof<S> and(FaultClass family) {
        Set<FaultClass> families = EnumSet.of(family);
        families.addAll(setting.families());
        return with(setting.withFamilies(List.copyOf(families)));
    }

    private static <S> Setting.Rule<S> rule(String text, Predicate<? super S> holds) {
        return new Setting.Rule<>(checkNotNull(text, "rule"), checkNotNull(holds, "holds"));
    }

    private Proof<S> with(Setting<S> other) {
        return new Proof<>(other, seeds, most);
    }
}
