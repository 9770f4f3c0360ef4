package dev.steward.notify;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is raised, in an order that others may read while it goes on changing: sources stand in pages, what was shown is not written to again,
 * and a page is copied at its first change after that. So showing costs by what has changed and not by what is raised, but for one reference
 * for each page.
 *
 * <p>Meant for few causes a source. Belongs to the thread of the pass.
 */
final class RaisedPages {
    private static final int SHIFT = 6;
    private static final int PAGE = 1 << SHIFT;
    private static final Notification[] NONE = {};

    private final Map<String, Place> places = new HashMap<>();
    private final BitSet own = new BitSet(); // pages that nobody else has seen
    private Notification[][][] pages = {};
    private int end; // places from here on are free

    /** Where the causes of one source stand. */
    private static final class Place {
        private int at;
    }

    /** What is raised for a cause. */
    @Nullable
    Notification find(String source, String key) {
        Place place = places.get(source);
        if (place != null) {
            for (Notification one : causes(place.at)) {
                if (one.key().equals(key)) {
                    return one;
                }
            }
        }
        return null;
    }

    /** Adds a notification, or puts it in the place of {@code before}, which is what was found for its cause. */
    void put(@Nullable Notification before, Notification notification) {
        Place place = places.get(notification.source());
        if (place == null) {
            place = append();
            places.put(notification.source(), place);
        }
        Notification[] causes = causes(place.at);
        int index = before == null ? causes.length : Arrays.asList(causes).indexOf(before);
        Notification[] changed = Arrays.copyOf(causes, Math.max(causes.length, index + 1));
        changed[index] = notification;
        write(place.at, changed);
    }

    /** Takes away what was found. */
    void remove(Notification found) {
        Place place = places.get(found.source());
        if (place != null) {
            Notification[] causes = causes(place.at);
            if (causes.length == 1) {
                removeAll(found.source());
            } else {
                String over = found.key();
                Notification[] left = Arrays.stream(causes)
                        .filter(one -> !one.key().equals(over))
                        .toArray(Notification[]::new);
                write(place.at, left);
            }
        }
    }

    /** Takes away all of a source; answers whether there was any. */
    boolean removeAll(String source) {
        Place place = places.remove(source);
        if (place != null) {
            write(place.at, NONE);
        }
        return place != null;
    }

    /** What is raised now, as it will stay: for {@link #list}, from any thread. */
    Notification[][][] show() {
        own.clear();
        return Arrays.copyOf(pages, (end + PAGE - 1) >> SHIFT);
    }

    /** In order. */
    static List<Notification> list(Notification[][][] shown) {
        ImmutableList.Builder<Notification> all = ImmutableList.builder();
        for (Notification[][] page : shown) {
            for (Notification[] causes : page) {
                all.add(causes);
            }
        }
        return all.build();
    }

    private Notification[] causes(int at) {
        return pages[at >> SHIFT][at & (PAGE - 1)];
    }

    private void write(int at, Notification[] causes) {
        int page = at >> SHIFT;
        if (!own.get(page)) {
            pages[page] = pages[page].clone();
            own.set(page);
        }
        pages[page][at & (PAGE - 1)] = causes;
    }

    private Place append() {
        if (end == pages.length << SHIFT) {
            if (places.size() <= end / 2) {
                closeUp();
            } else {
                grow();
            }
        }
        var place = new Place();
        place.at = end++;
        return place;
    }

    private void grow() {
        int before = pages.length;
        pages = Arrays.copyOf(pages, Math.max(1, before * 2));
        Notification[][] empty = new Notification[PAGE][];
        Arrays.fill(empty, NONE);
        Arrays.fill(pages, before, pages.length, empty); // copied at the first change
    }

    /** Most places are empty: moves the others together, in their order. */
    private void closeUp() {
        Notification[][][] before = pages;
        pages = new Notification[][][] {};
        own.clear();
        end = 0;
        for (Notification[][] page : before) {
            for (Notification[] causes : page) {
                Place place = causes.length == 0 ? null : places.get(causes[0].source());
                if (place != null) {
                    if (end == pages.length << SHIFT) {
                        grow();
                    }
                    place.at = end++;
                    write(place.at, causes);
                }
            }
        }
        if (end == pages.length << SHIFT) {
            grow();
        }
    }
}
