package dev.steward.curator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire between a client and a server, which can be cut: what is on it is lost, and nobody is told. Safe for use by many threads. */
final class Wire implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /** Begins to carry bytes to that port. */
    Wire(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        begin("wire", this::accept);
    }

    String connectString() {
        return "127.0.0.1:" + door.getLocalPort();
    }

    void cut() {
        cut = true;
        ends.forEach(Wire::end);
    }

    void mend() {
        cut = false;
    }

    private static void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                ends.add(client);
                ends.add(server);
                begin("wire up", () -> carry(client, server));
                begin("wire down", () -> carry(server, client));
                if (cut) {
                    end(client);
                    end(server);
                }
            } catch (IOException closed) {
                // the door, or the server; whoever comes next will see
            }
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] some = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int size = in.read(some); size >= 0 && !cut; size = in.read(some)) {
                out.write(some, 0, size);
            }
        } catch (IOException ended) {
            // as wires do
        }
        end(from);
        end(to);
        ends.remove(from);
        ends.remove(to);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // twice
        }
    }

    @Override
    public void close() {
        cut();
        try {
            door.close();
        } catch (IOException closed) {
            // twice
        }
    }
}
