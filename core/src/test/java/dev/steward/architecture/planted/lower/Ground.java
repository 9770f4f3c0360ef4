package dev.steward.architecture.planted.lower;

/** Sees nobody. */
public final class Ground {
    public Ground() {}
}
