package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LauncherTest {
    @Test
    void a_life_has_begun_also_where_no_thread_is_left_to_wait_for_its_end() {
        assertThatCode(() -> Launcher.tellExit(new Unwatched(), () -> {})).doesNotThrowAnyException();
    }

    /** One that the JVM cannot wait for. */
    private static final class Unwatched extends Process {
        @Override
        public CompletableFuture<Process> onExit() {
            throw new OutOfMemoryError("unable to create native thread");
        }

        @Override
        public long pid() {
            return 20;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() {
            return 0;
        }

        @Override
        public int exitValue() {
            return 0;
        }

        @Override
        public void destroy() {}
    }
}
