package dev.steward.process;

import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody takes connections. Immutable.
 *
 * @param host empty for this one
 */
record TcpInquiry(String host, int port) implements Inquiry {
    @Override
    public ProbeResult ask(Probe.Subject subject) throws IOException {
        List<InetAddress> addresses;
        try {
            addresses = addresses();
        } catch (UnknownHostException unknown) {
            return ProbeResult.unwell("no host '" + host + "'");
        }
        String first = "";
        for (InetAddress address : addresses) {
            String trouble = trouble(address);
            if (trouble == null) {
                return ProbeResult.well();
            }
            first = first.isEmpty() ? trouble : first;
        }
        return ProbeResult.unwell(this + ": " + first);
    }

    /** A program on this host may listen on either of its two addresses, or on both. */
    private List<InetAddress> addresses() throws UnknownHostException {
        if (!host.isEmpty()) {
            return List.of(InetAddress.getAllByName(host));
        }
        byte[] six = new byte[16];
        six[15] = 1;
        return List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), InetAddress.getByAddress(six));
    }

    private @Nullable String trouble(InetAddress address) throws ClosedByInterruptException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.connect(new InetSocketAddress(address, port));
            return isConnectedToItself(channel) ? "nobody but the probe itself" : null;
        } catch (ClosedByInterruptException givenUp) {
            throw givenUp;
        } catch (IOException refused) {
            return ProbeText.failed(refused);
        }
    }

    /** What the kernel makes of a connection to a port where nobody listens, if it happens to choose that port for our own end. */
    static boolean isConnectedToItself(SocketChannel channel) throws IOException {
        return channel.getLocalAddress().equals(channel.getRemoteAddress());
    }

    @Override
    public String toString() {
        return "tcp port " + (host.isEmpty() ? "" : host + ":") + port;
    }
}
