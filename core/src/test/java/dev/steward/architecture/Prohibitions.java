package dev.steward.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What core's classes must not do, each with the few places that may. Immutable. */
final class Prohibitions {
    private static final List<String> CLOCKS = List.of(
            "java.lang.System#nanoTime",
            "java.lang.System#currentTimeMillis",
            "java.time.Clock#*",
            "java.time.Instant#now",
            "java.time.LocalDate#now",
            "java.time.LocalTime#now",
            "java.time.LocalDateTime#now",
            "java.time.OffsetDateTime#now",
            "java.time.ZonedDateTime#now",
            "java.util.Date#<init>",
            "java.util.Calendar#getInstance",
            "com.google.common.base.Stopwatch#*",
            "com.google.common.base.Ticker#systemTicker");

    private static final List<String> WAITING = List.of(
            "java.lang.Thread#sleep",
            "java.lang.Thread#join",
            "java.lang.Thread#yield",
            "java.lang.Thread#onSpinWait",
            "java.lang.Object#wait",
            "java.lang.Process#waitFor",
            "java.util.concurrent.TimeUnit#sleep",
            "java.util.concurrent.TimeUnit#timedJoin",
            "java.util.concurrent.TimeUnit#timedWait",
            "java.util.concurrent.locks.LockSupport#*",
            "java.util.concurrent.locks.Condition#*",
            "java.util.concurrent.CountDownLatch#await",
            "java.util.concurrent.CyclicBarrier#*",
            "java.util.concurrent.Phaser#*",
            "java.util.concurrent.Exchanger#*",
            "java.util.concurrent.Semaphore#*",
            "java.util.concurrent.BlockingQueue#*",
            "java.util.concurrent.Future#get",
            "java.util.concurrent.CompletableFuture#join",
            "java.util.concurrent.ExecutorService#awaitTermination",
            "java.util.concurrent.ExecutorService#invokeAll",
            "java.util.concurrent.ExecutorService#invokeAny",
            "com.google.common.util.concurrent.Uninterruptibles#*",
            "com.google.common.util.concurrent.Futures#*",
            "com.google.common.util.concurrent.RateLimiter#*",
            "com.google.common.util.concurrent.Monitor#*");

    private static final List<String> THREADS = List.of(
            "java.lang.Thread#<init>",
            "java.lang.Thread#start",
            "java.util.Timer#*",
            "java.util.Collection#parallelStream",
            "java.util.stream.BaseStream#parallel",
            "java.util.concurrent.Executors#*",
            "java.util.concurrent.ThreadFactory#*",
            "java.util.concurrent.ThreadPoolExecutor#*",
            "java.util.concurrent.ForkJoinPool#*",
            "java.util.concurrent.CompletableFuture#runAsync",
            "java.util.concurrent.CompletableFuture#supplyAsync",
            "java.util.concurrent.CompletableFuture#orTimeout",
            "java.util.concurrent.CompletableFuture#completeOnTimeout",
            "java.util.concurrent.CompletableFuture#delayedExecutor",
            "com.google.common.util.concurrent.ThreadFactoryBuilder#*");

    private static final List<String> REFLECTION = List.of(
            "java.lang.Class#forName",
            "java.lang.Class#newInstance",
            "java.lang.Class#getMethod",
            "java.lang.Class#getMethods",
            "java.lang.Class#getField",
            "java.lang.Class#getFields",
            "java.lang.Class#getConstructor",
            "java.lang.Class#getConstructors",
            "java.lang.Class#getDeclared*",
            "java.lang.ClassLoader#*");

    private static final List<String> CONSOLE = List.of(
            "java.lang.System#out",
            "java.lang.System#err",
            "java.lang.System#in",
            "java.lang.System#console",
            "java.lang.Throwable#printStackTrace");

    private Prohibitions() {}

    static ArchRule noClockBut(String... places) {
        return nobodyBut(places, "reads a clock", CLOCKS);
    }

    static ArchRule noWaitingBut(String... places) {
        return nobodyBut(places, "sleeps, parks or waits", WAITING);
    }

    static ArchRule noThreadBut(String... places) {
        return nobodyBut(places, "makes a thread", THREADS);
    }

    static ArchRule noConsole() {
        return nobodyBut(new String[0], "prints", CONSOLE);
    }

    static ArchRule noReflection() {
        return nobodyBut(new String[0], "looks into classes", REFLECTION);
    }

    static ArchRule noReflectionTypes() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .as("nobody uses java.lang.reflect");
    }

    static ArchRule noServiceLoader() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.ServiceLoader")
                .as("nobody uses a ServiceLoader");
    }

    static ArchRule noGuavaInSignatures() {
        return classes().should(new ArchCondition<>("keep Guava out of what users see") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!isSeen(type)) {
                    return;
                }
                Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
                report(type, type.getName(), parents, events);
                for (JavaMember member : type.getMembers()) {
                    if (isOpen(member.getModifiers())) {
                        Stream<JavaClass> involved = member.getAllInvolvedRawTypes().stream();
                        report(type, member.getFullName(), involved.map(JavaType.class::cast), events);
                    }
                }
            }
        });
    }

    private static void report(JavaClass owner, String where, Stream<JavaType> types, ConditionEvents events) {
        String found = types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getName)
                .filter(name -> name.startsWith("com.google.common."))
                .distinct()
                .collect(Collectors.joining(", "));
        if (!found.isEmpty()) {
            events.add(SimpleConditionEvent.violated(owner, where + " shows " + found));
        }
    }

    private static boolean isSeen(JavaClass type) {
        boolean exported = !type.getPackageName().endsWith(".internal");
        return exported
                && isOpen(type.getModifiers())
                && type.getEnclosingClass().map(Prohibitions::isSeen).orElse(true);
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    /** A place is a package with a dot at its end, or a class, which stands for its nested classes too. */
    private static ArchRule nobodyBut(String[] places, String does, List<String> members) {
        DescribedPredicate<JavaClass> allowed = describe(
                "in " + Arrays.toString(places),
                type -> Arrays.stream(places)
                        .anyMatch(place -> place.endsWith(".")
                                ? (type.getPackageName() + ".").startsWith(place)
                                : type.getName().equals(place) || type.getName().startsWith(place + "$")));
        return noClasses()
                .that(not(allowed))
                .should()
                .accessTargetWhere(describe(does, access -> members.stream().anyMatch(m -> matches(access, m))))
                .as("nobody " + does + " but " + Arrays.toString(places));
    }

    private static boolean matches(JavaAccess<?> access, String member) {
        AccessTarget target = access.getTarget();
        int hash = member.indexOf('#');
        String name = member.substring(hash + 1);
        boolean named = name.endsWith("*")
                ? target.getName().startsWith(name.substring(0, name.length() - 1))
                : target.getName().equals(name);
        return named && assignableTo(member.substring(0, hash)).test(target.getOwner());
    }
}
