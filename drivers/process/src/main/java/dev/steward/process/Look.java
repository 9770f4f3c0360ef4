package dev.steward.process;

import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look of a probe at one life: asked once, on one thread, and answered once to each who waits for it, by whichever comes first, its end,
 * its limit or the end of all probes. Safe for use by many threads.
 */
final class Look implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Look.class);

    /** Which look it is; there is one of each at a time. */
    record Question(Inquiry inquiry, Probe.Subject subject) {}

    private final Question question;
    private final Consumer<Look> ended;
    private final long begun = System.nanoTime();
    private List<Consumer<ProbeResult>> waiting = new ArrayList<>();
    private boolean answered;
    private boolean over;
    private @Nullable Thread runner;
    private @Nullable Future<?> limit;

    /** @param ended told when no thread works on it any more */
    Look(Question question, Consumer<Look> ended) {
        this.question = question;
        this.ended = ended;
    }

    Question question() {
        return question;
    }

    long begun() {
        return begun;
    }

    /** Has one more told the answer; false if that has been given already. */
    synchronized boolean join(Consumer<ProbeResult> answer) {
        if (!answered) {
            waiting.add(answer);
        }
        return !answered;
    }

    /** Whether no thread works on it any more. */
    synchronized boolean isOver() {
        return over;
    }

    /** What ends it if nothing else does. */
    synchronized void limitedBy(Future<?> timer) {
        if (answered) {
            timer.cancel(false);
        } else {
            limit = timer;
        }
    }

    /** Gives the answer in place of the one that is not there yet, and lets go of whatever is being asked. */
    void give(String whileAsked, String whileWaiting) {
        List<Consumer<ProbeResult>> told;
        String text;
        boolean never;
        synchronized (this) {
            if (answered) {
                return;
            }
            told = take();
            never = runner == null;
            over |= never;
            text = never ? whileWaiting : whileAsked;
            if (runner != null) {
                runner.interrupt();
            }
        }
        if (never) {
            ended.accept(this);
        }
        tell(told, ProbeResult.unwell(text));
    }

    /** Asks, unless it is too late for that. */
    @Override
    public void run() {
        synchronized (this) {
            if (answered) {
                return;
            }
            runner = Thread.currentThread();
        }
        ProbeResult result = ask();
        List<Consumer<ProbeResult>> told;
        synchronized (this) {
            runner = null;
            over = true;
            told = take();
        }
        Thread.interrupted(); // one that came too late is for nobody
        ended.accept(this);
        tell(told, result);
    }

    private List<Consumer<ProbeResult>> take() {
        List<Consumer<ProbeResult>> told = waiting;
        waiting = List.of();
        answered = true;
        if (limit != null) {
            limit.cancel(false);
            limit = null;
        }
        return told;
    }

    @SuppressWarnings("NullAway") // whatever a supplier answers
    private ProbeResult ask() {
        try {
            @Nullable ProbeResult result = question.inquiry().ask(question.subject());
            return result == null ? ProbeResult.unwell("answered nothing") : ProbeText.harmless(result);
        } catch (InterruptedException givenUp) {
            return ProbeResult.unwell("interrupted");
        } catch (IOException unseen) {
            return ProbeResult.unwell(ProbeText.harmless(ProbeText.failed(unseen)));
        } catch (RuntimeException | Error defect) {
            log.atDebug().setCause(defect).log("{} failed", question.inquiry());
            return ProbeResult.unwell(ProbeText.harmless(ProbeText.thrown(defect)));
        }
    }

    /** One who throws takes nothing from the others. */
    static void tell(List<Consumer<ProbeResult>> told, ProbeResult result) {
        for (Consumer<ProbeResult> one : told) {
            try {
                one.accept(result);
            } catch (RuntimeException | Error defect) {
                log.atError().setCause(defect).log("whoever asked a probe failed at the answer");
            }
        }
    }
}
