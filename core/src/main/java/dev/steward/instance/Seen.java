package dev.steward.instance;

import dev.steward.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** What is seen of one instance: the life that it has, and how the last one ended. Not safe for use by many threads. */
final class Seen {
    private final Host host;
    private @Nullable Life life;
    private @Nullable Ending ending;
    private @Nullable ExitStatus exit;

    /**
     * How a life ended, for people.
     *
     * @param tail its last words
     * @param lasting whether the same launch can never succeed before somebody changes something
     */
    record Ending(InstanceCause code, String text, String tail, ExitStatus exit, boolean lasting) {
        private static final Ending UNKNOWN = exited(ExitStatus.unknown(), "");

        static Ending exited(ExitStatus exit, String tail) {
            return new Ending(InstanceCause.EXITED, exit.toString(), tail, exit, false);
        }

        static Ending refused(String why, boolean lasting) {
            return new Ending(InstanceCause.LAUNCH_REFUSED, why, "", ExitStatus.unknown(), lasting);
        }

        /** Whether it never began. */
        boolean isRefusal() {
            return code == InstanceCause.LAUNCH_REFUSED;
        }
    }

    Seen(Host host) {
        this.host = host;
    }

    /** A launch has been ordered. */
    void ordered(Life launched) {
        ending = null;
        setLife(launched);
    }

    /** The life that it has has survived its whole stop plan. */
    void refuse() {
        if (life != null) {
            life.refuse();
        }
    }

    /** Gives the life away, to be looked after elsewhere. */
    void handOver() {
        setLife(null);
    }

    /** Takes news of the life that it has; answers whether they were about that. */
    boolean observe(Observation news) {
        Life current = life;
        if (current == null || !current.id().equals(news.life())) {
            return false;
        }
        if (news instanceof Observation.Running running) {
            if (current.pid() == 0) {
                current.began(host.pass().now() - TimeSource.saturatedNanos(running.age()));
            }
            current.seenRunning(running.pid());
        } else if (news instanceof Observation.Exited exited) {
            exited(current, exited);
        } else if (news instanceof Observation.Refused refused) {
            String why = current.hide(refused.why().toString());
            ending = Ending.refused(why, refused.why().code() instanceof LaunchFailure failure && failure.isLasting());
            setLife(null);
        } else if (news instanceof Observation.Measured measured) {
            current.measured(measured.memory());
        } else {
            gone(current);
        }
        return true;
    }

    private void exited(Life current, Observation.Exited news) {
        String words = current.hide(String.join("\n", news.stderr())); // first, as a secret may be longer than the tail
        OutputTail tail = OutputTail.of(words.lines().toList());
        exit = news.exit();
        ending = Ending.exited(news.exit(), (tail.trimmed() ? "...\n" : "") + tail.text());
        if (news.lingering()) {
            current.lingers();
        } else {
            setLife(null);
        }
    }

    /** Takes a census that does not list the life that it has; answers whether that is over. */
    boolean notListed(Census census) {
        Life current = life;
        if (current == null || census.ticket() <= current.ticket()) {
            return false;
        }
        gone(current);
        return true;
    }

    private void gone(Life current) {
        if (!current.isLingering()) {
            exit = current.isRunning() ? ExitStatus.unknown() : exit;
            ending = Ending.UNKNOWN;
        }
        setLife(null);
    }

    private void setLife(@Nullable Life other) {
        host.countLives((other == null ? 0 : 1) - (life == null ? 0 : 1));
        life = other;
    }

    @Nullable
    Life life() {
        return life;
    }

    boolean isRunning() {
        return life != null && life.isRunning();
    }

    boolean isLingering() {
        return life != null && life.isLingering();
    }

    /** How the last life ended. */
    Ending ending() {
        Ending known = ending;
        return known == null ? Ending.UNKNOWN : known;
    }

    /** The exit status of the last life of which one is known. */
    @Nullable
    ExitStatus exit() {
        return exit;
    }
}
