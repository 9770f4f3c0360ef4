package dev.steward.examples.roles;

import dev.steward.store.RecordType;

/**
 * How far has been counted, and by whom.
 *
 * @param number one more than the tick before, whoever made that
 * @param term the leadership that it was made under
 * @param holder the process that made it
 */
record Tick(long number, long term, String holder) {
    /** The name of the only one. */
    static final String NAME = "counter";

    // region RecordType
    static final RecordType<Tick> TYPE = RecordType.of(
            "tick/", // its keys begin with this
            1, // the version of its fields; the decoder is told which one wrote
            (tick, output) -> output.number(tick.number).number(tick.term).text(tick.holder),
            input -> new Tick(input.number(), input.number(), input.text()));
    // endregion

    static final String KEY = TYPE.key(NAME);

    /** The next one, made without a role. */
    Tick next(String by) {
        return new Tick(number + 1, term, by);
    }
}
