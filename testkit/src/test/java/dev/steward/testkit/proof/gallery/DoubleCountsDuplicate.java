package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Has ten parcels sent, one after the other, and goes by how many were acknowledged. The mistake: it counts answers, and one of them may come twice;
 * the twin counts the parcels that were answered.
 */
final class DoubleCountsDuplicate extends HandMade {
    private static final int PARCELS = 10;
    private static final Duration PACE = ofSeconds(5);

    private final PostApi post;
    private final boolean mended;
    private final Set<Integer> sent = new TreeSet<>();
    private int answers;
    private long due;

    private DoubleCountsDuplicate(PostApi post, TimeSource time, boolean mended) {
        super(time);
        this.post = post;
        this.mended = mended;
        this.due = time.nanos();
    }

    /** A post office that knows each parcel by its number. */
    interface PostApi {
        void send(int parcel, Consumer<Boolean> then);
    }

    @Override
    Step decide(long now) {
        int parcel = mended ? sent.size() : answers;
        if (parcel >= PARCELS) {
            return Step.parked();
        }
        if (isDue(due)) {
            due = in(PACE); // the same one again if there is no answer
            post.send(parcel, done -> mailbox.post(() -> sent(parcel)));
        }
        return at(due);
    }

    private void sent(int parcel) {
        sent.add(parcel);
        answers++;
    }

    record Scene(Set<Integer> posted, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            PostApi office = (parcel, then) -> {
                posted.add(parcel);
                then.accept(true);
            };
            return new DoubleCountsDuplicate(process.remote(PostApi.class, office), process.time(), mended);
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(new TreeSet<>(), mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2))
                .eventually("every parcel is sent", it -> it.posted.size() == PARCELS);
    }
}
