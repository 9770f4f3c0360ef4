package dev.steward.testkit.contract;

import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Probes that break the contract, each in one way, and the rule that must notice; all but two break no other. */
enum WrongProbe {
    SEES_BLACK("finds_what_is_well", false, SeesBlack::new),
    SEES_NOTHING_WRONG("finds_what_is_not_well_and_says_what", false, SeesNothingWrong::new),
    SAYS_NOTHING("finds_what_is_not_well_and_says_what", true, SaysNothing::new),
    ANSWERS_NULL("never_answers_with_null", true, AnswersNull::new),
    ANSWERS_TWICE("answers_each_look_once", true, AnswersTwice::new),
    GETS_USED_TO_IT("knows_nothing_of_earlier_looks", true, GetsUsedToIt::new),
    FORGETS_ALL_BUT_THE_LAST("looks_at_several_at_once", true, ForgetsAllButTheLast::new),
    LOOKS_ONCE_AT_EACH_LIFE("answers_two_looks_at_the_same_life_at_once", true, LooksOnceAtEachLife::new),
    WAITS("does_not_wait_and_minds_no_interrupt", true, Waits::new),
    KEEPS_TO_ONE_THREAD("may_be_asked_from_another_thread", true, KeepsToOneThread::new),
    IGNORES_WHOM_IT_TELLS("may_be_asked_again_from_within_an_answer", true, IgnoresWhomItTells::new),
    TAKES_OFFENCE("does_not_suffer_from_an_answer_that_throws", true, TakesOffence::new),
    HANGS_ITSELF("returns_at_once_from_a_look_that_hangs_and_looks_at_others_meanwhile", true, HangsItself::new),
    STANDS_IN_LINE("returns_at_once_from_a_look_that_hangs_and_looks_at_others_meanwhile", true, StandsInLine::new),
    IS_NEVER_CLOSED("finds_nothing_well_when_it_is_closed", true, IsNeverClosed::new);

    private final String rule;
    private final boolean noOther;

    @SuppressWarnings("ImmutableEnumChecker") // references to constructors
    private final Supplier<Owner> owner;

    WrongProbe(String rule, boolean noOther, Supplier<Owner> owner) {
        this.rule = rule;
        this.noOther = noOther;
        this.owner = owner;
    }

    String rule() {
        return rule;
    }

    /** Whether it keeps all other rules. */
    boolean breaksNoOther() {
        return noOther;
    }

    Owner owner() {
        return owner.get();
    }

    /** What the subject of a probe is like. */
    enum World {
        WELL,
        UNWELL,
        HANGING,
        CLOSED
    }

    /** Makes probes that are right, from right ones; the subclasses spoil them. All probes of one test have one owner. */
    static class Owner {
        final Probe probe(World world, Probe good) {
            return (subject, answer) -> check(world, good, subject, answer);
        }

        void check(World world, Probe good, Probe.Subject subject, Consumer<ProbeResult> answer) {
            good.check(subject, result -> tell(result, answer));
        }

        void tell(ProbeResult result, Consumer<ProbeResult> answer) {
            answer.accept(result);
        }
    }

    private static final class SeesBlack extends Owner {
        @Override
        void tell(ProbeResult result, Consumer<ProbeResult> answer) {
            answer.accept(ProbeResult.unwell("all is lost"));
        }
    }

    private static final class SeesNothingWrong extends Owner {
        @Override
        void tell(ProbeResult result, Consumer<ProbeResult> answer) {
            answer.accept(ProbeResult.well());
        }
    }

    private static final class SaysNothing extends Owner {
        @Override
        void tell(ProbeResult result, Consumer<ProbeResult> answer) {
            answer.accept(new ProbeResult(result.isWell(), ""));
        }
    }

    private static final class AnswersNull extends Owner {
        @Override
        void tell(ProbeResult result, Consumer<ProbeResult> answer) {
            answer.accept(result.isWell() ? result : null);
        }
    }

    private static final class AnswersTwice extends Owner {
        @Override
        void tell(ProbeResult result, Consumer<ProbeResult> answer) {
            answer.accept(result);
            if (!result.isWell()) {
                answer.accept(result);
            }
        }
    }

    private static final class GetsUsedToIt extends Owner {
        private int unwell;

        @Override
        void tell(ProbeResult result, Consumer<ProbeResult> answer) {
            boolean used = !result.isWell() && ++unwell > 2;
            answer.accept(used ? ProbeResult.well() : result);
        }
    }

    private static final class ForgetsAllButTheLast extends Owner {
        private final Map<Probe, Probe.Subject> last = new HashMap<>();

        @Override
        void check(World world, Probe good, Probe.Subject subject, Consumer<ProbeResult> answer) {
            last.put(good, subject);
            good.check(subject, result -> {
                if (subject.equals(last.get(good))) {
                    tell(result, answer);
                }
            });
        }
    }

    private static final class LooksOnceAtEachLife extends Owner {
        private final Set<Probe.Subject> open = new HashSet<>();

        @Override
        void check(World world, Probe good, Probe.Subject subject, Consumer<ProbeResult> answer) {
            if (open.add(subject)) {
                good.check(subject, result -> {
                    open.remove(subject);
                    tell(result, answer);
                });
            }
        }
    }

    /** Waits for something that has come already, so that only an interrupt shows that it waits. */
    private static final class Waits extends Owner {
        private final CountDownLatch come = new CountDownLatch(0);

        @Override
        void check(World world, Probe good, Probe.Subject subject, Consumer<ProbeResult> answer) {
            try {
                come.await();
            } catch (InterruptedException swallowed) {
                super.check(world, good, subject, answer);
                return;
            }
            super.check(world, good, subject, answer);
        }
    }

    private static final class KeepsToOneThread extends Owner {
        private final Thread own = Thread.currentThread();

        @Override
        void check(World world, Probe good, Probe.Subject subject, Consumer<ProbeResult> answer) {
            if (Thread.currentThread() == own || world == World.HANGING) {
                super.check(world, good, subject, answer);
            }
        }
    }

    private static final class IgnoresWhomItTells extends Owner {
        private boolean telling;

        @Override
        void check(World world, Probe good, Probe.Subject subject, Consumer<ProbeResult> answer) {
            if (!telling) {
                super.check(world, good, subject, answer);
            }
        }

        @Override
        void tell(ProbeResult result, Consumer<ProbeResult> answer) {
            telling = true;
            try {
                answer.accept(result);
            } finally {
                telling = false;
            }
        }
    }

    private static final class TakesOffence extends Owner {
        private boolean offended;

        @Override
        void tell(ProbeResult result, Consumer<ProbeResult> answer) {
            if (!offended) {
                offended = true;
                answer.accept(result);
                offended = false;
            }
        }
    }

    private static final class HangsItself extends Owner {
        private final CountDownLatch never = new CountDownLatch(1);

        @Override
        void check(World world, Probe good, Probe.Subject subject, Consumer<ProbeResult> answer) {
            if (world == World.HANGING) {
                try {
                    never.await();
                } catch (InterruptedException given) {
                    Thread.currentThread().interrupt();
                }
            } else {
                super.check(world, good, subject, answer);
            }
        }
    }

    private static final class StandsInLine extends Owner {
        private boolean waits;

        @Override
        void check(World world, Probe good, Probe.Subject subject, Consumer<ProbeResult> answer) {
            waits |= world == World.HANGING;
            if (!waits) {
                super.check(world, good, subject, answer);
            }
        }
    }

    private static final class IsNeverClosed extends Owner {
        @Override
        void check(World world, Probe good, Probe.Subject subject, Consumer<ProbeResult> answer) {
            good.check(subject, result -> tell(world == World.CLOSED ? ProbeResult.well() : result, answer));
        }
    }
}
