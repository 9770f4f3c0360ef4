package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.instance.Output;
import dev.steward.instance.ProbeResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ports and files, and that probes are values. */
@Timeout(60)
class HostProbesTest {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final HostProbes probes = new HostProbes();

    @TempDir
    Path temp;

    @AfterEach
    void close() {
        probes.close();
    }

    @Test
    void a_port_is_well_as_long_as_somebody_listens() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 10, InetAddress.getByAddress(LOOPBACK))) {
            port = socket.getLocalPort();
            assertThat(Asked.ask(probes.tcpPort(port)).isWell()).isTrue();
            assertThat(Asked.ask(probes.tcpPort("localhost", port)).isWell()).isTrue();
        }

        assertThat(Asked.ask(probes.tcpPort(port)))
                .isEqualTo(ProbeResult.unwell("tcp port " + port + ": Connection refused"));
    }

    @Test
    void a_host_that_is_none_is_named() {
        assertThat(Asked.ask(probes.tcpPort("no-such-host.invalid", 80)).text())
                .isEqualTo("no host 'no-such-host.invalid'");
    }

    @Test
    void a_port_that_swallows_connections_delays_nobody() throws IOException {
        try (var hole = new Blackhole();
                var hasty = new HostProbes(Duration.ofMillis(100))) {
            Asked hanging = Asked.begin(probes.tcpPort(hole.port()));

            assertThat(Asked.ask(probes.file(temp)).isWell()).isTrue();
            assertThat(hanging.isAnswered()).isFalse();
            assertThat(Asked.ask(hasty.tcpPort(hole.port())).text()).isEqualTo("no answer within 0.1 s");
        }
    }

    @Test
    void a_connection_to_itself_is_seen_through() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
            channel.connect(channel.getLocalAddress());

            assertThat(TcpInquiry.isConnectedToItself(channel)).isTrue();
        }
    }

    @Test
    void a_file_is_well_when_it_is_there() throws IOException {
        Path file = temp.resolve("ready");
        assertThat(Asked.ask(probes.file(file))).isEqualTo(ProbeResult.unwell("no file " + file));

        Files.createFile(file);
        assertThat(Asked.ask(probes.file(file)).isWell()).isTrue();
        assertThat(Asked.ask(probes.file(file.resolve("below"))).isWell()).isFalse();
    }

    @Test
    void a_file_that_must_be_fresh_is_well_as_long_as_it_is() throws IOException {
        Path file = Files.createFile(temp.resolve("beat"));
        assertThat(Asked.ask(probes.file(file, Duration.ofMinutes(1))).isWell()).isTrue();

        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(90)));
        assertThat(Asked.ask(probes.file(file, Duration.ofMinutes(1))).text())
                .startsWith("file " + file + " was written 9")
                .endsWith(" s ago");
        assertThat(Asked.ask(probes.file(file, Duration.ofMinutes(2))).isWell()).isTrue();
        assertThat(Asked.ask(probes.file(temp.resolve("none"), Duration.ofMinutes(2)))
                        .text())
                .startsWith("no file");
    }

    @Test
    void probes_are_equal_that_ask_the_same_of_the_same() {
        Supplier<ProbeResult> supplier = ProbeResult::well;

        assertThat(probes.tcpPort(80)).isEqualTo(probes.tcpPort(80)).hasToString("tcp port 80");
        assertThat(probes.tcpPort("web", 80))
                .isNotEqualTo(probes.tcpPort(80))
                .hasSameHashCodeAs(probes.tcpPort("web", 80))
                .hasToString("tcp port web:80");
        assertThat(probes.file(Path.of("/a")))
                .isEqualTo(probes.file(Path.of("/a")))
                .hasToString("file /a");
        assertThat(probes.file(Path.of("/a"), Duration.ofSeconds(90)))
                .isNotEqualTo(probes.file(Path.of("/a")))
                .hasToString("file /a of the last 90 s");
        assertThat(probes.custom(supplier)).isEqualTo(probes.custom(supplier));
    }

    @Test
    void refuses_what_cannot_be_asked() {
        assertThatIllegalArgumentException().isThrownBy(() -> probes.tcpPort(0)).withMessage("not a port: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> probes.tcpPort(65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> probes.tcpPort(" ", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> probes.file(temp, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> probes.logLine(Output.STDOUT, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> probes.exec());
        assertThatIllegalStateException()
                .isThrownBy(() -> probes.logLine(Output.STDOUT, "ready"))
                .withMessageContaining("driver.probes()");
    }

    @Test
    void texts_are_one_harmless_line() {
        assertThat(ProbeText.harmless("a\u001b]0;x\u0007\r\n\u202eb\u2028\ud800 \u00e9\ud83d\ude00"))
                .isEqualTo("a\\u001b]0;x\\u0007\\u000d\\u000a\\u202eb\\u2028\\ud800 \u00e9\ud83d\ude00");
        assertThat(ProbeText.harmless("x".repeat(1000))).isEqualTo("x".repeat(200) + " [cut]");
    }
}
