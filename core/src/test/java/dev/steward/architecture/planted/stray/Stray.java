package dev.steward.architecture.planted.stray;

/** In a package that the house does not know. */
public final class Stray {
    public Stray() {}
}
