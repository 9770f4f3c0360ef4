package dev.steward.testkit.proof;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The real thing, as far as the samples are concerned. Not safe for use by many threads. */
final class LicenceServer implements LicenceApi {
    private final Set<String> leases = new TreeSet<>();

    @Override
    public void lease(String token, Consumer<String> then) {
        leases.add(token);
        then.accept(token);
    }

    @Override
    public void count(Consumer<Integer> then) {
        then.accept(leases.size());
    }

    int leases() {
        return leases.size();
    }

    void forget() {
        leases.clear();
    }
}
