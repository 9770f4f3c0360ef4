package dev.steward.examples.programs;

/** Counts seconds on its output until it is stopped. */
public final class Ticker {
    private Ticker() {}

    /** Ticks. */
    public static void main(String[] args) throws InterruptedException {
        for (int tick = 1; ; tick++) {
            System.out.println("tick " + tick);
            Thread.sleep(1000);
        }
    }
}
