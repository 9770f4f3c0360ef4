/** Runs the instances of a host manager as processes of this host, on what the JDK and the tools of any Linux offer. */
@org.jspecify.annotations.NullMarked
module dev.steward.process {
    requires transitive dev.steward.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.steward.process;
}
