package dev.steward.architecture.planted.internal;

import dev.steward.architecture.planted.lower.Ground;

/** Internal, and uses the lowest storey only. */
public final class Shared {
    public Shared() {}

    public Ground ground() {
        return new Ground();
    }
}
