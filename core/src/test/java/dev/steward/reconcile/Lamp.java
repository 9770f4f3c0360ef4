package dev.steward.reconcile;

import dev.steward.event.Kind;
import dev.steward.store.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Lamps far away that should be on, each answer in the hands of the test, and the controller that switches them on. */
final class Lamp extends Reconciler<Boolean, Lamp.State> {
    static final Kind<State> LAMP = Kind.of("lamp", State.class);
    static final RecordType<String> WISH = RecordType.of("wish/", 1, (text, out) -> out.text(text), in -> in.text());

    enum State {
        DARK,
        LIT
    }

    final Map<String, Boolean> lit = new TreeMap<>();
    final List<String> asked = new ArrayList<>();
    final List<Consumer<? super Outcome<Boolean>>> open = new ArrayList<>();
    boolean answers = true;
    boolean answersLooks = true;
    Function<String, Outcome<Boolean>> onLook = name -> Outcome.done(lit.getOrDefault(name, false));
    Function<String, Outcome<Boolean>> onSwitch = name -> {
        lit.put(name, true);
        return Outcome.done(true);
    };
    BiConsumer<Thing<Boolean>, Plan<Boolean>> decides = this::switchOn;
    Function<Thing<Boolean>, State> states = thing -> thing.seen() ? State.LIT : State.DARK;
    BiConsumer<String, Consumer<? super Outcome<Boolean>>> looks = this::look;
    boolean damages;
    boolean keepsRecords;

    Lamp() {
        super(LAMP);
    }

    @Override
    protected List<RecordType<?>> records() {
        return keepsRecords ? List.of(WISH) : List.of();
    }

    @Override
    protected void observe(String name, Consumer<? super Outcome<Boolean>> then) {
        looks.accept(name, then);
    }

    private void look(String name, Consumer<? super Outcome<Boolean>> then) {
        asked.add("look " + name);
        if (answersLooks) {
            answer(then, onLook.apply(name));
        } else {
            open.add(then);
        }
    }

    private void answer(Consumer<? super Outcome<Boolean>> then, Outcome<Boolean> outcome) {
        if (answers) {
            then.accept(outcome);
        } else {
            open.add(then);
        }
    }

    @Override
    protected State state(Thing<Boolean> thing) {
        return states.apply(thing);
    }

    @Override
    protected void decide(Thing<Boolean> thing, Plan<Boolean> plan) {
        decides.accept(thing, plan);
    }

    /** What it decides if a test does not say otherwise. */
    void switchOn(Thing<Boolean> thing, Plan<Boolean> plan) {
        Optional<String> wish = thing.record(WISH);
        if (keepsRecords && wish.isEmpty()) {
            plan.write(WISH, plan.id());
        } else if (!thing.seen()) {
            String with = wish.map(id -> " " + id).orElse("");
            if (damages) {
                plan.damage("switch on", action("switch on", thing.name(), with));
            } else {
                plan.act("switch on", action("switch on", thing.name(), with));
            }
        }
    }

    /** An action of any name, which is answered as {@link #onSwitch} says. */
    Action<Boolean> action(String what, String name, String with) {
        return then -> {
            asked.add(what + " " + name + with);
            answer(then, onSwitch.apply(name));
        };
    }

    /** How often something was asked. */
    long asked(String what) {
        return asked.stream().filter(what::equals).count();
    }

    /** How many things were asked that begin so. */
    long askedFor(String what) {
        return asked.stream().filter(it -> it.startsWith(what)).count();
    }
}
