package dev.steward.testkit.lead;

import dev.steward.lead.Advice;
import dev.steward.lead.LeaderElection;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import java.time.Duration;
import java.util.List;

/** Elections that break the contract, each in one way, and the rule that must notice. */
enum WrongElection {
    ADVISES_NOBODY("advises_one_who_is_alone"),
    SPINS("advises_one_who_is_alone"),
    ADVISES_ALL("advises_one_of_several_and_goes_on_advising_it"),
    FLICKERS("advises_one_of_several_and_goes_on_advising_it"),
    PREFERS_THE_LATEST("leaves_the_advice_where_it_is_when_others_come"),
    MIXES_UP_ROLES("keeps_roles_apart"),
    NEVER_RESIGNS("advises_another_when_one_resigns"),
    SLEEPS("advises_another_when_one_resigns"),
    RESIGNS_LATE("does_not_advise_one_who_resigned_until_it_is_given_the_advice_anew"),
    RESIGNS_FOR_GOOD("lets_one_who_resigned_try_again"),
    RESIGNS_FOR_OTHERS("takes_nothing_from_others_when_one_resigns_who_is_not_advised"),
    KEEPS_IT_WHEN_CLOSED("advises_another_when_one_closes"),
    ADVISES_THE_CLOSED("never_advises_one_that_is_closed"),
    CLOSES_FOR_OTHERS("takes_nothing_from_others_when_it_is_closed_again"),
    OUTLIVES_ITS_PROCESS("advises_another_when_one_dies"),
    NEVER_MISSES_ANYBODY("moves_the_advice_from_one_who_is_cut_off"),
    BELIEVES_WHEN_CUT_OFF("moves_the_advice_from_one_who_is_cut_off");

    private final String rule;

    WrongElection(String rule) {
        this.rule = rule;
    }

    String rule() {
        return rule;
    }

    /** A candidate of such an election. Not safe for use by many threads. */
    static final class Wrong implements LeaderElection {
        private final WrongElection how;
        final LeaderElection good;
        private final List<Wrong> all;
        boolean cutOff;
        private boolean closed;
        private boolean resigned;
        private boolean leads;
        private int polls;

        /** @param all the candidates so far; this one is added */
        Wrong(WrongElection how, LeaderElection good, List<Wrong> all) {
            this.how = how;
            this.good = good;
            this.all = all;
            all.add(this);
        }

        @Override
        public Advice poll() {
            boolean before = leads;
            polls++;
            Advice advice = good.poll();
            leads = advice.lead();
            Step soon = Step.after(Duration.ofMillis(10));
            return switch (how) {
                case ADVISES_NOBODY -> new Advice(false, advice.next());
                case SPINS -> new Advice(leads, Step.again());
                case ADVISES_ALL -> new Advice(!closed, advice.next());
                case FLICKERS -> new Advice(leads && polls % 9 != 0, soon);
                case PREFERS_THE_LATEST -> new Advice(all.get(all.size() - 1) == this && !closed, soon);
                case SLEEPS -> new Advice(leads, Step.parked());
                case RESIGNS_LATE -> late(advice);
                case ADVISES_THE_CLOSED -> new Advice(closed ? before : leads, soon);
                case BELIEVES_WHEN_CUT_OFF -> new Advice(leads || cutOff, soon);
                default -> advice;
            };
        }

        private Advice late(Advice advice) {
            boolean still = resigned;
            resigned = false;
            return new Advice(still || advice.lead(), advice.next());
        }

        @Override
        public void resign() {
            if (how == RESIGNS_FOR_OTHERS) {
                all.forEach(other -> other.good.resign());
            } else if (how == RESIGNS_FOR_GOOD) {
                good.close();
            } else if (how != NEVER_RESIGNS) {
                resigned = leads;
                good.resign();
            }
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {
            if (how != SLEEPS) {
                good.wakeWith(wakeUp);
            }
        }

        @Override
        public void close() {
            if (how == CLOSES_FOR_OTHERS && closed) {
                all.forEach(other -> other.good.resign());
            }
            boolean lead = leads;
            closed = true;
            if (how != KEEPS_IT_WHEN_CLOSED) {
                good.close();
            }
            leads = lead;
        }
    }
}
