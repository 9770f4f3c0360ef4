package dev.steward.reconcile;

import dev.steward.store.RecordType;
import dev.steward.store.RecordValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All things of one loop, by name. Not safe for use by many threads, but for the views. */
final class Things<T, S> {
    private static final int MOST_STAGED = 250;

    private final Desk<T, S> desk;
    private final Predicate<String> keeps;
    private final boolean sendsLater;
    private final Map<String, Item<T, S>> items =
            new LinkedHashMap<>(); // in their order, so that a run can be repeated
    private final Map<String, ThingView> views = new ConcurrentHashMap<>();
    private final List<Item<T, S>> staged = new ArrayList<>();
    private int mostStaged = MOST_STAGED;
    private Supplier<String> ids = () -> {
        throw new IllegalStateException("a loop without a role has no ids to give");
    };

    Things(Desk<T, S> desk, Predicate<String> keeps, boolean sendsLater) {
        this.desk = desk;
        this.keeps = keeps;
        this.sendsLater = sendsLater;
    }

    /** Where {@link Plan#id} comes from. */
    void ids(Supplier<String> source) {
        ids = source;
    }

    Plan<T> plan() {
        return new Plan<>(ids);
    }

    /** Whether actions are sent when all is committed, and not at once. */
    boolean sendsLater() {
        return sendsLater;
    }

    @Nullable
    Item<T, S> get(String name) {
        return items.get(name);
    }

    void add(String name) {
        if (keeps.test(name)) {
            items.computeIfAbsent(name, any -> new Item<>(desk, this, name)).named(true);
        }
    }

    void remove(String name) {
        Item<T, S> item = items.get(name);
        if (item != null) {
            item.named(false);
            dropIfUnwanted(item);
        }
    }

    void recordsChanged(String name, int more) {
        if (keeps.test(name)) {
            Item<T, S> item = items.computeIfAbsent(name, any -> new Item<>(desk, this, name));
            item.recordsChanged(more);
            dropIfUnwanted(item);
        }
    }

    /** There is no such thing any more, if nobody has named it, there is no record of it, and nothing is under way with it. */
    void dropIfUnwanted(Item<T, S> item) {
        if (item.isUnwanted()) {
            items.remove(item.name());
            staged.remove(item);
            item.drop();
            views.remove(item.name());
        }
    }

    /** Gives everything a turn. */
    void readyAll() {
        items.values().forEach(Item::ready);
    }

    /** Another process leads. */
    void forget() {
        desk.forget();
        staged.clear();
        items.values().forEach(Item::forget);
        List.copyOf(items.values()).forEach(this::dropIfUnwanted);
    }

    boolean stage(Item<T, S> item, Map<RecordType<?>, Optional<RecordValue>> changes) {
        boolean fits = staged.size() < mostStaged && desk.records().stage(item.name(), changes);
        if (fits) {
            staged.add(item);
        }
        return fits;
    }

    /** A batch is begun: what was staged for one that was never sent is decided anew. */
    void beginBatch() {
        staged.forEach(Item::ready);
        staged.clear();
    }

    /** Nothing is staged any more, for it is committed; the next batch may be larger. */
    void committed() {
        staged.forEach(Item::written);
        staged.clear();
        mostStaged = Math.min(mostStaged * 2, MOST_STAGED);
    }

    /**
     * The batch was not committed. All of it is decided anew, in smaller batches, so that one thing does not keep the others from theirs.
     *
     * @param refused why, if that was for what is in it
     */
    void notCommitted(Optional<String> refused) {
        mostStaged = Math.max(staged.size() / 2, 1);
        boolean alone = staged.size() == 1;
        for (Item<T, S> item : List.copyOf(staged)) {
            if (alone && refused.isPresent()) {
                item.cannotWrite(refused.get());
            } else {
                item.ready();
            }
        }
        staged.clear();
        desk.decideAnew();
    }

    void show(ThingView view) {
        views.put(view.name(), view);
    }

    @Nullable
    ThingView view(String name) {
        return views.get(name);
    }

    Map<String, ThingView> views() {
        return views;
    }
}
