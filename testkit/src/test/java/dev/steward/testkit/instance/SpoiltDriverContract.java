package dev.steward.testkit.instance;

import dev.steward.instance.InstanceDriver;
import dev.steward.instance.OnClose;

/** The contract put to a driver that is spoilt; what is wrong with it are the subclasses. */
abstract class SpoiltDriverContract extends FakeInstanceDriverContractTest {
    @Override
    protected final InstanceDriver newDriver(OnClose onClose) {
        return spoil(super.newDriver(onClose), onClose);
    }

    /** The same driver, wrong in one thing. */
    InstanceDriver spoil(InstanceDriver good, OnClose onClose) {
        return spoil(good);
    }

    /** The same, whatever it does when it is closed. */
    InstanceDriver spoil(InstanceDriver good) {
        return good;
    }
}
