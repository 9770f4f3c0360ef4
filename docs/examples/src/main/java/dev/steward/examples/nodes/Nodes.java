package dev.steward.examples.nodes;

import dev.steward.loop.LoopInvoker;
import dev.steward.time.TimeSource;

/**
 * Three suspensions and a cavity that manages them, in one program: brought up together, one trips and is revived, an operator interferes and
 * is noticed. Takes about twenty seconds, in real time, and ends with 0 if it went as it should.
 */
public final class Nodes {
    private Nodes() {}

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String[] args) {
        TimeSource time = TimeSource.system();
        LoopInvoker invoker = new LoopInvoker(time);
        boolean well = new Tower(time, invoker::run, System.out::println).play();
        System.out.println(well ? "All went as it should." : "Something went wrong: see above.");
        System.exit(well ? 0 : 1);
    }
}
