package dev.steward.process;

import dev.steward.instance.ExitStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The first process of a life, and how its end is seen. Belongs to the driver's thread. */
interface Leader {
    ProcessIdentity identity();

    /** Whether that is what is seen now under its number. */
    boolean is(ProcStat stat, String boot);

    /** Whether it has ended; cheap enough to be asked ten times a second. */
    boolean hasEnded();

    /** How it ended, once it has. */
    ExitStatus exit();

    /** Lets go of it. */
    default void close() {}

    /** One that this driver has started. The JDK has a thread that waits for it. */
    record Child(ProcessIdentity identity, Process process) implements Leader {
        /** Where it could not be looked at in time: nobody else gets the number before the JDK has asked how it ended. */
        @Override
        public boolean is(ProcStat stat, String boot) {
            return identity.isSeen() ? identity.matches(stat, boot) : stat.pid() == identity.pid() && process.isAlive();
        }

        @Override
        public boolean hasEnded() {
            return !process.isAlive();
        }

        @Override
        public ExitStatus exit() {
            return ExitStatus.of(process.exitValue() & 0xff);
        }
    }

    /**
     * One that was there before this driver. Nobody is told when it ends, so its {@code statm} is held open and read again: a file of
     * procfs belongs to the process and not to its number, and shows nothing but zeros once the memory is gone.
     */
    final class Survivor implements Leader {
        private final ProcFs procfs;
        private final ProcessIdentity identity;
        private @Nullable RandomAccessFile held;
        private final byte[] bytes = new byte[8];

        private Survivor(ProcFs procfs, ProcessIdentity identity, @Nullable RandomAccessFile held) {
            this.procfs = procfs;
            this.identity = identity;
            this.held = held;
        }

        /**
         * Takes over a process; null if it has ended in between, or somebody else has its number.
         *
         * @param hold whether to spend a descriptor on it; without, or where there is none, it costs a few more calls each time
         * @throws UncheckedIOException if nothing can be seen now
         */
        static @Nullable Survivor of(ProcFs procfs, ProcessIdentity identity, boolean hold) {
            var survivor = new Survivor(procfs, identity, hold ? open(procfs, identity) : null);
            boolean ended = true;
            try {
                ended = survivor.isListedAsEnded(); // after it is held, so that what is held is what was meant
            } finally {
                if (ended) {
                    survivor.release();
                }
            }
            return ended ? null : survivor;
        }

        /** The JDK throws the same whether there is no such file or no descriptor left to open it with. */
        private static @Nullable RandomAccessFile open(ProcFs procfs, ProcessIdentity identity) {
            try {
                return new RandomAccessFile(procfs.holdable(identity.pid()).toFile(), "r");
            } catch (FileNotFoundException failed) {
                return null;
            }
        }

        boolean isHeld() {
            return held != null;
        }

        /** Gives the descriptor back. */
        void release() {
            try {
                if (held != null) {
                    held.close();
                }
            } catch (IOException nothingIsLost) {
                // a file that was only read
            }
            held = null;
        }

        @Override
        public ProcessIdentity identity() {
            return identity;
        }

        @Override
        public boolean is(ProcStat stat, String boot) {
            return identity.matches(stat, boot);
        }

        @Override
        public boolean hasEnded() {
            RandomAccessFile file = held;
            if (file == null) {
                return isListedAsEnded();
            }
            try {
                file.seek(0);
                int got = file.read(bytes);
                // the first number is the size in pages; it is 0 too if only the first thread has ended
                return got <= 0 || (bytes[0] == '0' && isListedAsEnded());
            } catch (IOException noSuchProcess) {
                return true;
            }
        }

        /** @throws UncheckedIOException if that cannot be seen now */
        private boolean isListedAsEnded() {
            ProcStat stat = procfs.stat(identity.pid());
            return stat == null || stat.isDead() || !identity.matches(stat, procfs.boot());
        }

        @Override
        public ExitStatus exit() {
            return ExitStatus.unknown();
        }

        @Override
        public void close() {
            release();
        }
    }

    /** One that had ended before this driver; others of its life have not. */
    record Lost(ProcessIdentity identity) implements Leader {
        @Override
        public boolean is(ProcStat stat, String boot) {
            return false;
        }

        @Override
        public boolean hasEnded() {
            return true;
        }

        @Override
        public ExitStatus exit() {
            return ExitStatus.unknown();
        }
    }
}
