package dev.steward.guard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** States that answer what a test says, and remember that they were called. Goes on, unless told otherwise. */
final class Script {
    final List<String> calls = new ArrayList<>();
    private final Map<String, Supplier<StateResult>> answers = new HashMap<>();

    /** What a call such as {@code A.run} answers from now on. */
    Script answer(String call, StateResult result) {
        return answer(call, () -> result);
    }

    Script answer(String call, Supplier<StateResult> result) {
        answers.put(call, result);
        return this;
    }

    /** Both methods of a state go on, as they do at first. */
    void forget(String state) {
        answers.remove(state + ".main");
        answers.remove(state + ".run");
    }

    StateResult call(String call) {
        calls.add(call);
        return answers.getOrDefault(call, StateResult::goOn).get();
    }

    Supplier<GuardState> state(String name) {
        return () -> new GuardState() {
            @Override
            protected StateResult main(Visit here) {
                return call(name + ".main");
            }

            @Override
            protected StateResult run(Visit here) {
                return call(name + ".run");
            }
        };
    }

    /**
     * INIT, which is done at once, then A, B, C in a row; D beside B; X, which nothing leads to; P, protected, beside A; SAFE from anywhere.
     */
    GuardSystemBuilder builder() {
        answer("INIT.main", StateResult.DONE);
        return GuardSystem.named("SYS")
                .state("INIT", state("INIT"), StateTrait.hidden())
                .state("A", state("A"))
                .state("B", state("B"))
                .state("C", state("C"))
                .state("D", state("D"))
                .state("X", state("X"), StateTrait.hidden())
                .state("P", state("P"), StateTrait.protect())
                .state("SAFE", state("SAFE"), StateTrait.fromAnywhere())
                .path("INIT", "A", "B", "C")
                .path("B", "D", "A")
                .path("A", "P", "C", "A")
                .path("P", "D")
                .edge("SAFE", "A")
                .request("A")
                .nominal("C");
    }

    GuardSystem system() {
        return builder().build();
    }
}
