package dev.steward.examples.programs;

/** Works for some seconds, complains, and crashes with exit code 3. */
public final class Flaky {
    private Flaky() {}

    /**
     * Crashes.
     *
     * @param args after how many milliseconds
     */
    public static void main(String[] args) throws InterruptedException {
        Thread.sleep(Long.parseLong(args[0]));
        System.err.println("out of paper");
        System.exit(3);
    }
}
