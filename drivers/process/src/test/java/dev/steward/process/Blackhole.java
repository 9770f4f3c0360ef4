package dev.steward.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A port of this host that neither takes a connection nor refuses it, because too many wait there. */
final class Blackhole implements AutoCloseable {
    private static final int MORE_THAN_ENOUGH = 8;

    private final ServerSocket socket;
    private final List<SocketChannel> waiting = new ArrayList<>();

    Blackhole() throws IOException {
        socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        for (int i = 0; i < MORE_THAN_ENOUGH; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(socket.getInetAddress(), port()));
            waiting.add(channel);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : waiting) {
            channel.close();
        }
        socket.close();
    }
}
