package dev.steward.testkit.instance;

import dev.steward.instance.RestartOrder;
import java.util.ArrayList;
import java.util.List;

/** Somebody who asks a manager for this and that, by chance. */
final class HostOperator {
    static final String[] HOLDERS = {"ann", "bob"};

    private final Luck luck;

    HostOperator(Luck luck) {
        this.luck = luck;
    }

    /** Holds something for a while, or lets go. */
    void hold(ManagerProcess running) {
        String holder = luck.oneOf(HOLDERS);
        if (luck.oneIn(3)) {
            running.release(List.of(luck.name(), luck.name()), holder);
        } else {
            running.hold(luck.name(), holder, luck.seconds(120).plusNanos(1));
        }
    }

    /** Has something restarted. */
    void restart(ManagerProcess running) {
        List<String> names = new ArrayList<>();
        for (int i = luck.below(4); i >= 0; i--) {
            names.add(luck.name());
        }
        var unused = running.restart(names, luck.oneOf(RestartOrder.values()));
    }
}
