/** The same host as a named module. */
module host {
    requires transitive dev.steward.core;
    requires dev.steward.process;

    exports host;
}
