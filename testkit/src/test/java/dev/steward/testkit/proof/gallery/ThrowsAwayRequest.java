package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordType;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.testkit.proof.World;
import dev.steward.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests for doors and writes them down. The mistake: a request is taken off the list when it is written, and is gone if that meets a conflict.
 */
final class ThrowsAwayRequest extends HandMadeWithRecords {
    private static final RecordType<String> DOOR = texts("door/");

    private final boolean mended;
    private final List<Request> requests = new ArrayList<>();

    private ThrowsAwayRequest(RecordStore store, String holder, TimeSource time, boolean mended) {
        super(store, holder, time, DOOR);
        this.mended = mended;
    }

    private record Request(String door, String target, CompletableFuture<String> done) {}

    /** Asks for a door to be open or shut; answered when that is written down. */
    CompletionStage<String> request(String door, String target) {
        var request = new Request(door, target, new CompletableFuture<>());
        mailbox.post(() -> requests.add(request));
        return request.done;
    }

    @Override
    Step keep(long now) {
        if (requests.isEmpty()) {
            return Step.parked();
        }
        Request first = requests.get(0);
        Optional<Versioned> before = cache.get(DOOR.key(first.door));
        if (before.map(DOOR::decode).equals(Optional.of(first.target))) {
            settle(first);
            return Step.again();
        }
        if (!mended) {
            requests.remove(first);
        }
        writer.commit(write(new Stage(), DOOR, first.door, before, first.target), answer -> {
            if (answer instanceof CommitAnswer.Committed) {
                settle(first);
            }
        });
        return Step.parked();
    }

    private void settle(Request request) {
        requests.remove(request);
        request.done.complete(request.target);
    }

    /** Two doors, and who asks for them. */
    static final class Scene implements Scenario {
        private final boolean mended;
        private @Nullable ProofProcess process;
        private @Nullable ThrowsAwayRequest keeper;

        Scene(boolean mended) {
            this.mended = mended;
        }

        @Override
        public ControlLoop start(ProofProcess next) {
            var made = new ThrowsAwayRequest(next.store(), next.holder(), next.time(), mended);
            process = next;
            keeper = made;
            return made;
        }

        @Override
        public void round(World world) {
            for (int i = 1; i <= 8; i++) {
                String door = "door-" + i % 2;
                String target = i % 4 < 2 ? "open" : "shut";
                world.after(ofSeconds(10L * i), door + " should be " + target, () -> request(world, door, target));
            }
        }

        private void request(World world, String door, String target) {
            if (process != null && keeper != null && !process.isDead()) {
                world.expect(door + " " + target, process, keeper.request(door, target));
            }
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .everyConflict()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2));
    }
}
