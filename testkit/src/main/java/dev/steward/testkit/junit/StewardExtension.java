package dev.steward.testkit.junit;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateFeed;
import dev.steward.loop.LoopObserver;
import dev.steward.testkit.FakeInstanceDriver;
import dev.steward.testkit.FaultPlan;
import dev.steward.testkit.RecordingFeed;
import dev.steward.testkit.RecordingObserver;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.proof.HasChronicle;
import dev.steward.time.TimeSource;
import dev.steward.time.VirtualTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Hands tests what they ask for by type: a {@link Simulation}, its {@link FaultPlan} and {@link VirtualTime}, a {@link RecordingFeed}, a
 * {@link RecordingObserver}, a {@link FakeInstanceDriver}. All that one test is given belongs together and to no other test.
 *
 * <pre>{@code
 * @ExtendWith(StewardExtension.class)
 * class ThermostatTest {
 *     @Test
 *     void heats_when_it_is_cold(Simulation simulation, RecordingFeed feed) { … }
 * }
 * }</pre>
 *
 * <p>Parameters of the constructor, of {@code @BeforeEach} and {@code @AfterEach} methods and of the test itself are filled. A parameter
 * of type {@link StateFeed} is the very {@link InMemoryStateFeed} that the {@link RecordingFeed} records, so that the code under test runs
 * as in production. To have fakes of one's own handed out as well, register the extension as a field instead:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final StewardExtension STEWARD = new StewardExtension().with(FakeBoiler.class, bench -> new FakeBoiler(bench.simulation()));
 * }</pre>
 *
 * <p><b>The seed</b> comes from {@link Seed}, else from the configuration parameter or system property {@code steward.seed}, else from the
 * name of the test, so that it is the same in every run. When a test fails, a {@link FailureReport} with the seed, the last state of
 * everything on the feed, the faults and the end of the trace is attached to the failure.
 *
 * <p><b>The timeline</b> of a failed test is written as a page to be opened in a browser, and the report says where: of what the failure
 * itself knows ({@link HasChronicle}), else of the feed and the faults that the test was given. The pages go to the folder that the
 * configuration parameter or system property {@code steward.timelines} names, {@code target/steward-timelines} by default; an empty
 * one means no pages. A later failure of the same test overwrites its page.
 *
 * <p>Immutable.
 */
public final class StewardExtension implements ParameterResolver, AfterEachCallback {
    /** The configuration parameter or system property that sets the seed of tests without a {@link Seed}. */
    public static final String SEED = "steward.seed";

    /** The configuration parameter or system property that names the folder for the timelines of failed tests; empty for none. */
    public static final String TIMELINES = "steward.timelines";

    private static final Namespace NAMESPACE = Namespace.create(StewardExtension.class);

    private final Map<Class<?>, Function<TestBench, ?>> factories;

    /** Hands out what the testkit has. */
    public StewardExtension() {
        this(standard());
    }

    private StewardExtension(Map<Class<?>, Function<TestBench, ?>> factories) {
        this.factories = factories;
    }

    private static Map<Class<?>, Function<TestBench, ?>> standard() {
        Map<Class<?>, Function<TestBench, ?>> factories = new LinkedHashMap<>();
        factories.put(TestBench.class, bench -> bench);
        factories.put(Simulation.class, TestBench::simulation);
        factories.put(FaultPlan.class, TestBench::faults);
        factories.put(VirtualTime.class, TestBench::time);
        factories.put(TimeSource.class, TestBench::time);
        factories.put(RecordingFeed.class, TestBench::feed);
        factories.put(InMemoryStateFeed.class, bench -> bench.feed().feed());
        factories.put(StateFeed.class, bench -> bench.feed().feed());
        factories.put(RecordingObserver.class, TestBench::observer);
        factories.put(LoopObserver.class, TestBench::observer);
        factories.put(FakeInstanceDriver.class, bench -> new FakeInstanceDriver(bench.simulation()));
        return factories;
    }

    /**
     * The same, which also hands out things of {@code type}, one to a test. What is {@link AutoCloseable} is closed after the test.
     *
     * @param make called when a test first asks for one
     */
    public <T> StewardExtension with(Class<T> type, Function<TestBench, ? extends T> make) {
        Map<Class<?>, Function<TestBench, ?>> more = new LinkedHashMap<>(factories);
        more.put(checkNotNull(type, "type"), checkNotNull(make, "make"));
        return new StewardExtension(more);
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return factories.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        if (test.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("a " + type.getSimpleName()
                    + " belongs to one test: take it in a test method, in @BeforeEach, or in the constructor of a class with an"
                    + " instance per method");
        }
        return test.getStore(NAMESPACE)
                .getOrComputeIfAbsent(TestBench.class, key -> new TestBench(seed(test), factories), TestBench.class)
                .get(type);
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        TestBench bench = test.getStore(NAMESPACE).get(TestBench.class, TestBench.class);
        test.getExecutionException()
                .filter(failure -> !(failure instanceof TestAbortedException))
                .ifPresent(failure -> report(bench, failure, test));
        Exception failure = bench == null ? null : bench.close();
        if (failure != null) {
            throw failure;
        }
    }

    private static void report(@Nullable TestBench bench, Throwable failure, ExtensionContext test) {
        List<String> parts = new ArrayList<>();
        TimelineFile.of(failure)
                .or(() -> bench == null ? Optional.empty() : bench.chronicle(name(test), failure))
                .map(chronicle -> TimelineFile.write(chronicle, test))
                .filter(line -> !line.isEmpty())
                .ifPresent(parts::add);
        if (bench != null) {
            parts.add(bench.report());
        }
        if (!parts.isEmpty()) {
            attach(String.join(System.lineSeparator(), parts), failure);
        }
    }

    private static String name(ExtensionContext test) {
        return test.getRequiredTestClass().getSimpleName() + "."
                + test.getRequiredTestMethod().getName();
    }

    private static void attach(String text, Throwable failure) {
        FailureReport report = new FailureReport(text);
        failure.addSuppressed(report);
        if (!Arrays.asList(failure.getSuppressed()).contains(report)) {
            System.err.println(report.getMessage()); // the failure takes no attachments
        }
    }

    private static long seed(ExtensionContext test) {
        Optional<Seed> annotated = AnnotationSupport.findAnnotation(test.getRequiredTestMethod(), Seed.class)
                .or(() -> AnnotationSupport.findAnnotation(
                        test.getRequiredTestClass(), Seed.class, test.getEnclosingTestClasses()));
        return annotated
                .map(Seed::value)
                .or(() -> test.getConfigurationParameter(SEED, StewardExtension::parse))
                .orElseGet(() -> Integer.toUnsignedLong(test.getUniqueId().hashCode()));
    }

    private static long parse(String text) {
        try {
            return Long.decode(text.strip());
        } catch (NumberFormatException failure) {
            throw new IllegalArgumentException(SEED + " is not a number: '" + text + "'", failure);
        }
    }
}
