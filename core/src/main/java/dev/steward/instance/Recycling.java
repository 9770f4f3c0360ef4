package dev.steward.instance;

import dev.steward.kernel.Texts;
import java.time.Duration;
import java.util.Optional;

/** The policies of {@link RecyclePolicy}. Immutable, and equal if they say the same. */
final class Recycling {
    static final RecyclePolicy NEVER = new Never();

    private Recycling() {}

    private record Never() implements RecyclePolicy {
        @Override
        public Optional<String> reason(Vitals vitals) {
            return Optional.empty();
        }
    }

    record Uptime(Duration most) implements RecyclePolicy {
        @Override
        public Optional<String> reason(Vitals vitals) {
            return vitals.uptime().compareTo(most) < 0
                    ? Optional.empty()
                    : Optional.of("has run for " + Texts.seconds(vitals.uptime()));
        }

        /** A day is not asked for each minute, nor ten seconds only then. */
        @Override
        public Duration period() {
            Duration tenth = most.dividedBy(10);
            Duration shortest = Duration.ofMillis(100);
            Duration longest = Duration.ofMinutes(1);
            return tenth.compareTo(shortest) < 0 ? shortest : tenth.compareTo(longest) > 0 ? longest : tenth;
        }
    }

    record Memory(long most) implements RecyclePolicy {
        @Override
        public Optional<String> reason(Vitals vitals) {
            return vitals.memory().isPresent() && vitals.memory().getAsLong() > most
                    ? Optional.of("uses " + vitals.memory().getAsLong() + " bytes of memory, more than " + most)
                    : Optional.empty();
        }

        @Override
        public boolean needsMemory() {
            return true;
        }
    }
}
