package dev.steward.benchmarks;

import dev.steward.store.RecordType;

/**
 * What the leader of these benchmarks writes: how often it has decided about one thing, and a text that makes the record as large as records
 * are.
 *
 * @param number how often
 * @param text fills the record
 */
record Decision(long number, String text) {
    /** About as many bytes as a record has, 128. */
    static final String FILLING = "decided ".repeat(15);

    static final RecordType<Decision> TYPE = RecordType.of(
            "decision/",
            1,
            (decision, output) -> output.number(decision.number).text(decision.text),
            input -> new Decision(input.number(), input.text()));

    static final Decision FIRST = new Decision(1, FILLING);

    Decision next() {
        return new Decision(number + 1, text);
    }
}
