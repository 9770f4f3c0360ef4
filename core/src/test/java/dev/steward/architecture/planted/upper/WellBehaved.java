package dev.steward.architecture.planted.upper;

import com.google.common.collect.ImmutableList;
import dev.steward.architecture.planted.internal.Shared;
import dev.steward.architecture.planted.middle.Neighbour;
import java.util.List;

/** Breaks no rule: uses lower storeys, and Guava only where nobody sees it. */
public final class WellBehaved {
    private final ImmutableList<String> names = ImmutableList.of("one");

    public WellBehaved() {}

    public List<Object> uses() {
        return List.of(new Neighbour(), new Shared().ground(), copy().size());
    }

    private ImmutableList<String> copy() {
        return ImmutableList.copyOf(names);
    }
}
