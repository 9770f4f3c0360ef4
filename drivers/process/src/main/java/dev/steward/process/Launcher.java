package dev.steward.process;

import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Output;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins lives: starts the program, behind a shell where its exit code must outlive this JVM, and writes down whom it has started before
 * anybody is told. Belongs to the driver's thread.
 */
final class Launcher {
    private static final Logger log = LoggerFactory.getLogger(Launcher.class);

    private final ProcFs procfs;
    private final Spawner spawner;
    private final OutputFolder outputs;
    private final Records records;
    private final ProcessOptions.ExitCodes exitCodes;
    private final @Nullable ExitShell shell;
    private boolean toldThatItCannot;

    /** @throws UnsupportedOperationException if exit codes are wanted and there is no shell */
    Launcher(ProcFs procfs, Spawner spawner, OutputFolder outputs, Records records, ProcessOptions options) {
        this.procfs = procfs;
        this.spawner = spawner;
        this.outputs = outputs;
        this.records = records;
        this.exitCodes = options.exitCodes();
        boolean wanted = records.areKept() && exitCodes != ProcessOptions.ExitCodes.NEVER;
        this.shell = wanted ? new ExitShell(Programs.tool("sh")) : null;
    }

    /**
     * Begins one.
     *
     * @param exited called from any thread when its first process has ended, perhaps late
     * @throws LaunchRefused if nothing was started, or so it seems
     */
    Life launch(InstanceSpec spec, Incarnation incarnation, Runnable exited) throws LaunchRefused {
        Path output = outputs.file(spec.name(), Output.STDOUT);
        Path errors = outputs.file(spec.name(), Output.STDERR);
        long outputFrom = outputs.size(output);
        long errorsFrom = outputs.size(errors);
        List<String> wrapper = wrapper(spec, incarnation);
        Process process = spawner.start(spec, incarnation, wrapper);
        boolean wrapped = !wrapper.isEmpty();
        var leader = new Leader.Child(identify(process), process);
        Mask mask = spec.launch().secrets().isEmpty()
                ? Mask.NONE
                : Mask.of(spec.launch().secrets().values());
        int pid = (int) process.pid();
        records.write(new BirthRecord(
                spawner.owner(),
                spec.name(),
                incarnation,
                leader.identity(),
                pid,
                wrapped,
                outputs.lasting(output, outputFrom),
                outputs.lasting(errors, errorsFrom)));
        var life = new Life(spec.name(), incarnation, leader, pid, errorsFrom, mask, wrapped);
        if (wrapped) {
            awaitProgram(life);
        }
        tellExit(process, exited);
        return life;
    }

    /** Without a thread to wait for it, the next sweep sees the end anyway; the life has begun by then, and must be known. */
    static void tellExit(Process process, Runnable exited) {
        try {
            var unused = process.onExit().thenRun(exited);
        } catch (OutOfMemoryError noThread) {
            log.atDebug().log("the end of process {} is seen by the sweep: {}", process.pid(), noThread.getMessage());
        }
    }

    private List<String> wrapper(InstanceSpec spec, Incarnation incarnation) {
        boolean wanted =
                exitCodes == ProcessOptions.ExitCodes.ALWAYS || spec.restart().needsExitCode();
        if (shell == null || !wanted) {
            return List.of();
        }
        if (ExitShell.passes(spec.launch())) {
            return shell.prefix(records.exitFile(spec.name(), incarnation));
        }
        if (!toldThatItCannot) {
            toldThatItCannot = true;
            log.atWarn()
                    .addKeyValue("instance", spec.name())
                    .log("exit code would be unknown after a restart: a shell cannot hand on all of its variables");
        }
        return List.of();
    }

    private void awaitProgram(Life life) {
        try {
            life.seeProgram(
                    ExitShell.awaitProgram(procfs, life.leader().identity().pid()));
        } catch (UncheckedIOException unseen) {
            log.atDebug().addKeyValue("instance", life.name()).log("program not seen: {}", unseen.getMessage());
        }
    }

    /** Our own child keeps its number until the JVM has asked how it ended, so a parent that is us is proof enough. */
    private ProcessIdentity identify(Process process) {
        int pid = (int) process.pid();
        long ticks = ProcessIdentity.UNSEEN;
        try {
            ProcStat stat = procfs.stat(pid);
            ticks = stat != null && stat.parent() == ProcessHandle.current().pid()
                    ? stat.startTicks()
                    : ProcessIdentity.ENDED;
        } catch (UncheckedIOException unseen) {
            log.atDebug().log("process {} not seen: {}", pid, unseen.getMessage());
        }
        return new ProcessIdentity(pid, ticks, procfs.boot());
    }
}
