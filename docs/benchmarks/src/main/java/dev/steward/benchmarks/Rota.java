package dev.steward.benchmarks;

import java.util.List;

/** Several of a kind that take turns, so that each child has a rest of so many kills. Not safe for use by many threads. */
final class Rota implements Relauncher {
    private final List<Relauncher> all;
    private int turn;

    Rota(List<Relauncher> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public long killAndWait() throws InterruptedException {
        return all.get(turn++ % all.size()).killAndWait();
    }

    @Override
    public void close() {
        all.forEach(Relauncher::close);
    }
}
