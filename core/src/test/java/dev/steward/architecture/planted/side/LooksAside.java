package dev.steward.architecture.planted.side;

import dev.steward.architecture.planted.middle.Neighbour;

/** Uses a package on its own storey. */
public final class LooksAside {
    public LooksAside() {}

    public Object neighbour() {
        return new Neighbour();
    }
}
