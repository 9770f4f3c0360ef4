package dev.steward.testkit.instance;

import dev.steward.instance.InstanceDriver;

/** The contract put to a driver that is spoilt; what is wrong with it are the subclasses. */
abstract class SpoiltDriverContract extends FakeInstanceDriverContractTest {
    @Override
    protected final InstanceDriver newDriver() {
        return spoil(super.newDriver());
    }

    /** The same driver, wrong in one thing. */
    abstract InstanceDriver spoil(InstanceDriver good);
}
