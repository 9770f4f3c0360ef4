package dev.steward.lead;

import dev.steward.store.HeldStore;
import dev.steward.store.ReadAnswer;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** A held store, and candidates for a role whose lease lasts three seconds. Not safe for use by many threads. */
final class LeaseScene {
    static final Duration NANO = Duration.ofNanos(1);
    static final Duration LEASE = Duration.ofSeconds(3);
    static final Duration RENEWAL = Duration.ofSeconds(1);
    static final Duration LOOK_AGAIN = LEASE.dividedBy(30);
    static final String KEY = "lease/role";

    final VirtualTime time = new VirtualTime();
    final HeldStore store = new HeldStore(time);

    LeaseElection candidate(String holder) {
        return new LeaseElection("role", holder, store, time, LEASE);
    }

    /** A candidate who leads. */
    LeaseElection holder(String name) {
        LeaseElection holder = candidate(name);
        holder.poll();
        return holder;
    }

    Advice after(Duration delay, LeaseElection candidate) {
        time.advance(delay);
        return candidate.poll();
    }

    /** Writes the lease behind everybody's back. */
    void lease(String holder, Duration lasts) {
        store.write(KEY, Lease.TYPE.encode(new Lease(holder, 7, lasts.toNanos())));
    }

    String holderByTheStore() {
        AtomicReference<String> holder = new AtomicReference<>("nobody has ever held it");
        store.truth.read(
                Set.of(KEY),
                found -> ((ReadAnswer.Found) found)
                        .records()
                        .forEach(it -> holder.set(Lease.TYPE.decode(it).holder())));
        return holder.get();
    }

    long reads() {
        return store.asked.stream().filter(it -> it.startsWith("read")).count();
    }

    /** Polls a candidate whenever it wants, and one nanosecond before; answers after how long it leads. */
    Duration untilItLeads(LeaseElection candidate, Duration most) {
        Duration passed = Duration.ZERO;
        Advice advice = candidate.poll();
        while (!advice.lead() && passed.compareTo(most) < 0) {
            Duration wait = advice.next().delay();
            if (after(wait.minus(NANO), candidate).lead()) {
                throw new AssertionError("leads before it wanted to be asked, after " + passed + " and " + wait);
            }
            advice = after(NANO, candidate);
            passed = passed.plus(wait);
        }
        return passed;
    }
}
