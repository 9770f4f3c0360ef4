package dev.steward.testkit.proof;

import dev.steward.testkit.proof.Chronicle.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of a remote thing that is answered later, on its way there and back. Not safe for use by many threads. */
final class RemoteCall {
    private final Play play;
    private final ProofProcess process;
    private final Port port;
    private final int number;
    private final String question;
    private final List<Runnable> early = new ArrayList<>(0); // answers that came in the call of the real thing
    private boolean lost;
    private boolean unanswered;
    private Duration late = Duration.ZERO;
    private Duration answerLate = Duration.ZERO;
    private Duration again = Duration.ZERO;
    private boolean inTheCall;
    private boolean answered;
    private long lastAnswer;

    /** @param question what is asked, where that has to be known */
    RemoteCall(Play play, ProofProcess process, Port port, int number, String question) {
        this.play = play;
        this.process = process;
        this.port = port;
        this.number = number;
        this.question = question;
        if (!port.isWell() && play.allowsFaults()) {
            port.faults(number).forEach(this::befall);
        }
    }

    private void befall(Fault fault) {
        if (port.sort() == Port.Sort.PROMPT && (fault.kind() == Fault.Kind.LOST || fault.kind() == Fault.Kind.LATE)) {
            return; // it is done in the call
        }
        switch (fault.kind()) {
            case LOST -> lost = true;
            case UNANSWERED -> unanswered = true;
            case LATE -> late = fault.length();
            case ANSWER_LATE, OUTDATED -> answerLate = fault.length();
            case TWICE -> again = fault.length();
            default -> {
                return;
            }
        }
        play.fired(fault, late.plus(answerLate).plus(again));
    }

    /** Lets the real thing do it when the request arrives. */
    void send(Runnable work) {
        if (lost) {
            return;
        }
        Duration leg = play.latency().leg(port, number, 0).plus(late);
        if (leg.isZero()) {
            now(work);
        } else {
            play.simulation().after(leg, port + " arrives", () -> now(work));
        }
    }

    /** Lets the real thing do it at once. */
    void now(Runnable work) {
        inTheCall = true;
        try {
            work.run();
        } catch (Death | Broken end) {
            throw end;
        } catch (RuntimeException | Error defect) {
            early.clear();
            play.broken(Violation.NO_THROWING, "the real thing of " + port + "#" + number + " threw " + defect, defect);
            return;
        } finally {
            inTheCall = false;
        }
        if (play.isRecorded()) {
            play.mark(Mark.CALL, process.name(), port.name() + "#" + number + " done");
        }
        process.reached(port, CallStep.DONE, number);
        early.forEach(Runnable::run);
        early.clear();
    }

    /** The call returns to the process. */
    void sent() {
        process.sent(port, CallStep.SENT, number);
    }

    /** The real thing answers: in its call, later, or more than once. */
    void answer(@Nullable Object answer, Runnable tell) {
        Runnable told = () -> tell(answer, tell);
        if (play.isGolden()) {
            play.answered(question, answer);
        }
        if (unanswered) {
            return;
        }
        Duration leg = play.latency().leg(port, number, 1).plus(answerLate);
        if (leg.isZero() && inTheCall) {
            early.add(told);
        } else {
            lastAnswer = Math.max(lastAnswer, play.now() + leg.toNanos()); // answers do not overtake one another
            play.simulation().after(Duration.ofNanos(lastAnswer - play.now()), port + " is answered", told);
        }
        if (!again.isZero()) {
            play.simulation().after(leg.plus(again), port + " is answered again", told);
        }
    }

    private void tell(@Nullable Object answer, Runnable tell) {
        if (answered) { // the steps are those of the first answer: a fault names one moment
            if (!process.isDead()) {
                process.guarded(tell);
            }
            return;
        }
        answered = true;
        if (process.reached(port, CallStep.ANSWERED, number)) {
            if (play.isRecorded()) {
                play.mark(Mark.CALL, process.name(), port.name() + "#" + number + " answered: " + answer);
            }
            process.guarded(tell);
            process.reached(port, CallStep.TOLD, number);
        }
    }
}
