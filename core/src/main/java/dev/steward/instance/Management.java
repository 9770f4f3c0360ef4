package dev.steward.instance;

/** How an instance is managed. */
public enum Management {
    /** As a process of this host. */
    HOST,
    /** As a service of a compose file. */
    DOCKER,
    /** Not any more: it is being stopped, and forgotten once it is down. */
    RETIRED
}
