package dev.steward.testkit.proof;

import dev.steward.event.StateFeed;
import dev.steward.lead.LeaderElection;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordStore;
import dev.steward.testkit.Simulation;
import dev.steward.time.TimeSource;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much a process remembers: the elements of every map, collection and array that its loop reaches, by the field that holds them, and
 * the objects of each class. What it shares with the world is not its own, and what cannot be looked into is left out. Not safe for use by
 * many threads.
 */
final class Footprint {
    private static final int MOST = 200_000;
    private static final Set<Class<?>> SHARED = Set.of(
            World.class,
            ProofProcess.class,
            Play.class,
            Simulation.class,
            Thread.class,
            Class.class,
            ClassLoader.class,
            RecordCache.class);
    private static final List<Class<?>> KINDS = List.of(
            Scenario.class,
            StateFeed.class,
            RecordStore.class,
            LeaderElection.class,
            TimeSource.class,
            ClassLoader.class,
            Thread.class);
    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return fields(type);
        }
    };

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Held> open = new ArrayDeque<>();

    private record Held(Object value, String path) {}

    Footprint() {}

    Map<String, Integer> counts() {
        return counts;
    }

    void count(String path, int size) {
        counts.merge(path, size, Integer::sum);
    }

    /** Adds all that the loop of the process reaches. */
    void add(ProofProcess process) {
        seen.addAll(process.outside());
        open(process.loop(), process.name());
        while (!open.isEmpty() && seen.size() < MOST) {
            look(open.remove());
        }
    }

    private void open(@Nullable Object value, String path) {
        if (value != null && !isShared(value) && seen.add(value)) {
            open.add(new Held(value, path));
        }
    }

    private static boolean isShared(Object value) {
        Class<?> type = value.getClass();
        return SHARED.contains(type)
                || type.getPackageName().equals("dev.steward.testkit") // what runs it; a loop holds its wake-up
                || type.getName().startsWith("dev.steward.notify.") // bounded by themselves
                || type.getName().equals("dev.steward.internal.MessageLog")
                || value instanceof String
                || value instanceof Number
                || value instanceof Enum
                || Proxy.isProxyClass(type)
                || KINDS.stream().anyMatch(kind -> kind.isInstance(value));
    }

    private void look(Held held) {
        Object value = held.value;
        String path = held.path;
        if (value instanceof Map<?, ?> map) {
            count(path, map.size());
            map.forEach((key, element) -> {
                open(key, path + " keys");
                open(element, path + "[]");
            });
        } else if (value instanceof Collection<?> collection) {
            count(path, collection.size());
            new ArrayList<>(collection).forEach(element -> open(element, path + "[]"));
        } else if (value instanceof Optional<?> optional) {
            open(optional.orElse(null), path);
        } else if (value.getClass().isArray()) {
            array(value, path);
        } else {
            fields(held);
        }
    }

    private void array(Object array, String path) {
        if (array instanceof Object[] elements) {
            int used = 0;
            for (Object element : elements) {
                used += element == null ? 0 : 1;
                open(element, path + "[]");
            }
            count(path, used);
        } else {
            count(path, Array.getLength(array));
        }
    }

    private void fields(Held held) {
        Class<?> type = held.value.getClass();
        List<Field> fields = FIELDS.get(type);
        if (!fields.isEmpty()) {
            count("objects of " + name(type), 1);
        }
        for (Field field : fields) {
            try {
                open(field.get(held.value), name(field.getDeclaringClass()) + "." + field.getName());
            } catch (IllegalAccessException closed) {
                throw new AssertionError(field + " was accessible", closed);
            }
        }
    }

    private static String name(Class<?> type) {
        String name = type.getName();
        int hidden = name.indexOf('/');
        String plain = hidden < 0 ? name : name.substring(0, hidden);
        return plain.substring(plain.lastIndexOf('.') + 1).replace('$', '.');
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            if (each.getName().startsWith("java.") || each.getName().startsWith("jdk.")) {
                break;
            }
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive() && opens(field)) {
                    fields.add(field);
                }
            }
        }
        return List.copyOf(fields);
    }

    private static boolean opens(Field field) {
        try {
            return field.trySetAccessible();
        } catch (InaccessibleObjectException | SecurityException closed) {
            return false;
        }
    }
}
