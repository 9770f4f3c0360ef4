package dev.steward.guard;

import static com.google.common.base.Preconditions.checkNotNull;

import java.time.Duration;

/** What is special about a state of a {@link GuardSystem}. Immutable. */
public final class StateTrait {
    /** What a trait is about; a state has at most one of each. */
    enum Kind {
        INDEX,
        HIDDEN,
        FROM_ANYWHERE,
        PROTECT,
        EVERY
    }

    private static final StateTrait HIDDEN = new StateTrait(Kind.HIDDEN, 0, Duration.ZERO);
    private static final StateTrait FROM_ANYWHERE = new StateTrait(Kind.FROM_ANYWHERE, 0, Duration.ZERO);
    private static final StateTrait PROTECT = new StateTrait(Kind.PROTECT, 0, Duration.ZERO);

    private final Kind kind;
    private final int number;
    private final Duration period;

    private StateTrait(Kind kind, int number, Duration period) {
        this.kind = kind;
        this.number = number;
        this.period = period;
    }

    /** The number of the state; 0 or more, and no other state's. Without one a state gets the next that is free. */
    public static StateTrait index(int number) {
        return new StateTrait(Kind.INDEX, number, Duration.ZERO);
    }

    /** Not in the menu of requests; it can be requested all the same. Guardian's {@code request = False}. */
    public static StateTrait hidden() {
        return HIDDEN;
    }

    /** Every other state has an edge to it, which paths take only as a last resort. Guardian's {@code goto = True}. */
    public static StateTrait fromAnywhere() {
        return FROM_ANYWHERE;
    }

    /** Not left early because the request has changed; it can still jump. Guardian's {@code redirect = False}. */
    public static StateTrait protect() {
        return PROTECT;
    }

    /** How often its {@code run} is called, if not as often as the node does it elsewhere; more than zero. */
    public static StateTrait every(Duration period) {
        return new StateTrait(Kind.EVERY, 0, checkNotNull(period, "period"));
    }

    Kind kind() {
        return kind;
    }

    int number() {
        return number;
    }

    Duration period() {
        return period;
    }
}
