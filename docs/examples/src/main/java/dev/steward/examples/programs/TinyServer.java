package dev.steward.examples.programs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A small server: says hello to whoever asks on a free port of the loopback address, until it is stopped. */
public final class TinyServer {
    private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.UTF_8);

    private TinyServer() {}

    /** Serves. */
    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, HELLO.length);
            exchange.getResponseBody().write(HELLO);
            exchange.close();
        });
        server.start();
        System.out.println("listening on port " + server.getAddress().getPort());
    }
}
