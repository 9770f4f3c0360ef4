package dev.steward.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main job: a host application that looks after four real programs and then loses its manager. The manager is a process of its own, which
 * {@link Supervisor} plays: in the first act it starts the programs in order, sees some of them crash, and is killed; in the second it is
 * started again, and takes over what still runs. All of it takes about ten seconds and ends with 0 if it went as it should.
 */
public final class Main {
    private static final int KILLED = 128 + 9;

    private Main() {}

    /**
     * Runs it.
     *
     * @param args none; the manager process is given its act and the folder of its programs' output
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 2) {
            System.exit(Supervisor.play(args[0], Path.of(args[1])) ? 0 : 1);
        }
        Path folder = Files.createTempDirectory("steward-example");
        int first = manager("first", folder);
        System.out.println("The manager has ended with exit code " + first
                + ". Its programs run on, and nobody looks after them. It is started again.");
        int second = manager("second", folder);
        boolean well = first == KILLED && second == 0;
        System.out.println(well ? "All went as it should." : "Something went wrong: see above.");
        System.exit(well ? 0 : 1);
    }

    private static int manager(String act, Path folder) throws IOException, InterruptedException {
        return new ProcessBuilder(Programs.java(Main.class, act, folder.toString()))
                .inheritIO()
                .start()
                .waitFor();
    }
}
