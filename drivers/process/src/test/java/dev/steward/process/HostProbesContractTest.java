package dev.steward.process;

import dev.steward.instance.Output;
import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import dev.steward.testkit.contract.ProbeContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract of probes, on all that there are for a host. */
@Timeout(60)
class HostProbesContractTest {
    @TempDir
    Path temp;

    /** What they have in common. */
    abstract class Contract extends ProbeContract {
        final HostProbes probes = probes();

        @AfterEach
        void close() {
            probes.close();
        }

        abstract Probe findsWell(HostProbes from);

        @Override
        protected Probe findsWell() {
            return findsWell(probes);
        }

        @Override
        protected Optional<Probe> hangs() {
            return Optional.of(probes.custom(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
                return ProbeResult.well();
            }));
        }

        @Override
        protected Optional<Probe> closed() {
            HostProbes closed = probes();
            closed.close();
            return Optional.of(findsWell(closed));
        }

        @Override
        protected Duration quiet() {
            return Duration.ofMillis(30);
        }

        private HostProbes probes() {
            OutputsOf outputs = (name, life, output) -> LogLineProbeTest.part(temp.resolve("web.out"));
            return new HostProbes(outputs, HostProbes.DEFAULT_LIMIT, 4, 100, Thread::new);
        }
    }

    @Nested
    class Exec extends Contract {
        @Override
        Probe findsWell(HostProbes from) {
            return from.exec("true");
        }

        @Override
        protected Probe findsUnwell() {
            return probes.exec("false");
        }

        @Override
        protected Optional<Probe> hangs() {
            return Optional.of(probes.exec("sleep", "100"));
        }
    }

    @Nested
    class TcpPort extends Contract {
        private ServerSocket listening;
        private Blackhole hole;
        private int closed;

        @BeforeEach
        void listen() throws IOException {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            listening = new ServerSocket(0, 100, loopback);
            hole = new Blackhole();
            try (var shortly = new ServerSocket(0, 1, loopback)) {
                closed = shortly.getLocalPort();
            }
        }

        @AfterEach
        void stop() throws IOException {
            listening.close();
            hole.close();
        }

        @Override
        Probe findsWell(HostProbes from) {
            return from.tcpPort(listening.getLocalPort());
        }

        @Override
        protected Probe findsUnwell() {
            return probes.tcpPort(closed);
        }

        @Override
        protected Optional<Probe> hangs() {
            return Optional.of(probes.tcpPort(hole.port()));
        }
    }

    @Nested
    class File extends Contract {
        @Override
        Probe findsWell(HostProbes from) {
            return from.file(temp, Duration.ofHours(1));
        }

        @Override
        protected Probe findsUnwell() {
            return probes.file(temp.resolve("none"));
        }
    }

    @Nested
    class LogLine extends Contract {
        @BeforeEach
        void write() {
            try {
                Files.writeString(temp.resolve("web.out"), "starting\nready\n");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        Probe findsWell(HostProbes from) {
            return from.logLine(Output.STDOUT, "ready");
        }

        @Override
        protected Probe findsUnwell() {
            return probes.logLine(Output.STDOUT, "steady");
        }
    }

    @Nested
    class Custom extends Contract {
        @Override
        Probe findsWell(HostProbes from) {
            return from.custom(ProbeResult::well);
        }

        @Override
        protected Probe findsUnwell() {
            return probes.custom(() -> ProbeResult.unwell("told to"));
        }
    }
}
