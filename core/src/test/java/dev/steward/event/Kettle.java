package dev.steward.event;

/** The states of the thing that these tests tell about. */
enum Kettle {
    COLD,
    HEATING_UP,
    BOILING;

    static final Kind<Kettle> KIND = Kind.of("kettle", Kettle.class);

    static StateChange of(String name, Kettle state) {
        return StateChange.entered(KIND, name, state);
    }
}
