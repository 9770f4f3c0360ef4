package dev.steward.testkit.proof;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * How a method of a remote thing is answered. Immutable.
 *
 * @param completion which argument takes the answer; -1 if none does
 * @param staged whether it returns a stage that will be completed
 * @param prompt whether it is done in the call although it is answered later, since it returns something else as well
 */
record RemoteShape(String name, int completion, boolean staged, boolean prompt) {
    private static final ClassValue<Map<Method, RemoteShape>> KNOWN = new ClassValue<>() {
        @Override
        protected Map<Method, RemoteShape> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    static RemoteShape of(Class<?> type, Method method) {
        return KNOWN.get(type).computeIfAbsent(method, RemoteShape::look);
    }

    private static RemoteShape look(Method method) {
        if (!method.trySetAccessible()) {
            throw new IllegalArgumentException(method.getDeclaringClass().getName()
                    + " cannot be called from here: make it public, or open its package to dev.steward.testkit");
        }
        return shape(method);
    }

    /** The same of a method that may be none that can be called. */
    static RemoteShape shape(Method method) {
        int completion = -1;
        Class<?>[] parameters = method.getParameterTypes();
        for (int i = 0; i < parameters.length; i++) {
            completion = parameters[i] == Consumer.class ? i : completion;
        }
        boolean staged = completion < 0 && CompletionStage.class.isAssignableFrom(method.getReturnType());
        boolean prompt = completion >= 0 && method.getReturnType() != void.class;
        return new RemoteShape(method.getName(), completion, staged, prompt);
    }

    Port.Sort sort() {
        if (prompt) {
            return Port.Sort.PROMPT;
        }
        return completion < 0 && !staged ? Port.Sort.SYNC : Port.Sort.REMOTE;
    }
}
