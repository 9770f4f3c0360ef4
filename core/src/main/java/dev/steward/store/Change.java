package dev.steward.store;

/** What has become of one key: written ({@link Versioned}) or {@link Deleted}. */
public sealed interface Change permits Versioned, Deleted {
    /** The key. */
    String key();

    /** The revision of the commit that did it. */
    long revision();
}
