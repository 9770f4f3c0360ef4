package dev.steward.architecture.planted.lower;

import dev.steward.architecture.planted.middle.Neighbour;

/** Uses a storey above its own. */
public final class ClimbsUp {
    public ClimbsUp() {}

    public Neighbour[] above() {
        return new Neighbour[0];
    }
}
