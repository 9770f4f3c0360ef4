package dev.steward.testkit.proof;

import dev.steward.testkit.proof.Chronicle.Mark;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A remote thing as one process calls it. Not safe for use by many threads. */
final class RemoteHandler implements InvocationHandler {
    private final Play play;
    private final ProofProcess process;
    private final Class<?> type;
    private final Object real;
    private final Map<Method, Port> ports = new HashMap<>();

    RemoteHandler(Play play, ProofProcess process, Class<?> type, Object real) {
        this.play = play;
        this.process = process;
        this.type = type;
        this.real = real;
        Arrays.stream(type.getMethods()) // names are given in this order, whoever is called first
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(RemoteShape::shape)
                .sorted(Comparator.comparing(RemoteShape::name).thenComparing(RemoteShape::sort))
                .forEach(this::name);
    }

    private String name(RemoteShape shape) {
        return play.names().of(process.name(), type, shape.name(), shape.sort());
    }

    private Port port(RemoteShape shape) {
        return process.port(name(shape), shape.sort());
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> given != null && given[0] == proxy;
                case "hashCode" -> System.identityHashCode(proxy);
                default -> type.getSimpleName() + " of " + process.name();
            };
        }
        @Nullable Object[] arguments = given == null ? new Object[0] : given;
        RemoteShape shape = RemoteShape.of(type, method);
        Port port = ports.computeIfAbsent(method, any -> port(shape));
        int n = process.ask(port);
        if (play.isRecorded()) {
            play.mark(Mark.CALL, process.name(), port.name() + "#" + n + " asked" + text(arguments));
        }
        String question = play.isGolden() ? port.name() + text(arguments) : "";
        if (port.sort() == Port.Sort.SYNC) {
            Object result = call(method, arguments);
            if (play.isGolden()) {
                play.answered(question, result);
            }
            process.sent(port, CallStep.DONE, n);
            return result;
        }
        RemoteCall call = new RemoteCall(play, process, port, n, question);
        return shape.staged() ? staged(call, method, arguments) : told(call, method, arguments, shape);
    }

    private @Nullable Object told(RemoteCall call, Method method, @Nullable Object[] arguments, RemoteShape shape)
            throws Throwable {
        @SuppressWarnings("unchecked") // it is the completion of the method, and is given what the real thing answers
        Consumer<Object> then = (Consumer<Object>) arguments[shape.completion()];
        @Nullable Object[] passed = arguments.clone();
        if (then != null) {
            Consumer<Object> delivery = answer -> call.answer(answer, () -> then.accept(answer));
            passed[shape.completion()] = delivery;
        }
        if (shape.prompt()) {
            Object[] result = new Object[1];
            call.now(() -> result[0] = quietly(method, passed));
            call.sent();
            return result[0];
        }
        call.send(() -> quietly(method, passed));
        call.sent();
        return null;
    }

    private Object staged(RemoteCall call, Method method, @Nullable Object[] arguments) {
        CompletableFuture<@Nullable Object> promise = new CompletableFuture<>();
        call.send(() -> {
            CompletionStage<?> stage = (CompletionStage<?>) quietly(method, arguments);
            if (stage != null) {
                stage.whenComplete((answer, failure) -> call.answer(failure == null ? answer : failure, () -> {
                    if (failure == null) {
                        promise.complete(answer);
                    } else {
                        promise.completeExceptionally(failure);
                    }
                }));
            }
        });
        call.sent();
        return promise;
    }

    private @Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** For calls that are done behind the back of the process: what they throw is a defect of the fake. */
    private @Nullable Object quietly(Method method, @Nullable Object[] arguments) {
        try {
            return call(method, arguments);
        } catch (RuntimeException | Error defect) {
            throw defect;
        } catch (Throwable defect) {
            throw new IllegalStateException(method.getName() + " threw " + defect, defect);
        }
    }

    private static String text(@Nullable Object[] arguments) {
        String all = Arrays.stream(arguments)
                .filter(argument -> !(argument instanceof Consumer))
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : ": " + all.substring(0, Math.min(all.length(), 80));
    }
}
