package dev.steward.architecture.planted.middle;

/** Lives on the same storey as {@code side}. */
public final class Neighbour {
    public Neighbour() {}
}
