package dev.steward.architecture.planted.internal;

import dev.steward.architecture.planted.middle.Neighbour;

/** Internal, and uses more than the lowest storey. */
public final class LooksUp {
    public LooksUp() {}

    public Object neighbour() {
        return new Neighbour();
    }
}
