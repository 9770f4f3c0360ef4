package dev.steward.testkit.lead;

import dev.steward.store.RecordType;

/** The records of the scenario: domains that want a number of things, the things, and the fences as they are read from outside. Stateless. */
final class LeadRecords {
    /** Where a thing is in its life; it only moves on. */
    enum State {
        REQUESTING,
        RUNNING,
        DYING,
        GONE;

        boolean isLive() {
            return this == REQUESTING || this == RUNNING;
        }
    }

    /** A thing, and who decided that there be one. */
    record Thing(State state, long term, String holder) {
        static final RecordType<Thing> TYPE = RecordType.of(
                "thing/",
                1,
                (thing, output) ->
                        output.constant(thing.state).number(thing.term).text(thing.holder),
                input -> new Thing(input.constant(State.class), input.number(), input.text()));

        Thing in(State next) {
            return new Thing(next, term, holder);
        }

        /** The name of a thing of a domain. */
        static String name(String uid, String id) {
            return uid + "." + id;
        }

        /** The domain of a thing. */
        static String uid(String name) {
            return name.substring(0, name.indexOf('.'));
        }
    }

    /** A domain: how many things it wants, unless it is to go. */
    record Domain(int wanted, boolean removed) {
        static final RecordType<Domain> TYPE = RecordType.of(
                "domain/",
                1,
                (domain, output) -> output.number(domain.wanted).flag(domain.removed),
                input -> new Domain((int) input.number(), input.flag()));

        int things() {
            return removed ? 0 : wanted;
        }
    }

    /** The fence of a role, which is the library's own. */
    record FenceSeen(long term, String holder, String batch) {
        static final RecordType<FenceSeen> TYPE = RecordType.of(
                "lead/",
                1,
                (fence, output) -> output.number(fence.term).text(fence.holder).text(fence.batch),
                input -> new FenceSeen(input.number(), input.text(), input.text()));
    }

    private LeadRecords() {}
}
