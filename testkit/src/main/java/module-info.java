/**
 * Tests of what is built on Steward: virtual time, seeded simulation, fakes, assertions, and the contracts of every SPI.
 *
 * <p>For the test scope of a host application, and for the library's own tests.
 */
@org.jspecify.annotations.NullMarked
module dev.steward.testkit {
    requires transitive dev.steward.core;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;
    requires com.google.common;
    requires static transitive org.jspecify;

    exports dev.steward.testkit;
    exports dev.steward.testkit.assertj;
    exports dev.steward.testkit.contract;
    exports dev.steward.testkit.junit;
    exports dev.steward.testkit.proof;
}
