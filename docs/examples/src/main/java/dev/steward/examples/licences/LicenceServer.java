package dev.steward.examples.licences;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A licence server of this machine, for the example: it takes its time, is too busy now and then, and loses each fifth answer to what it has
 * done. Safe for use by many threads.
 */
final class LicenceServer implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(310); // so that it is to be renewed in ten seconds

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Map<String, Licence> leases = new HashMap<>(); // by product
    private final List<String> served = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> orders = Collections.synchronizedSet(new TreeSet<>());
    private int calls;

    private LicenceServer(HttpServer server) {
        this.server = server;
    }

    /** Starts one on a free port of the loopback device. */
    static LicenceServer start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LicenceServer server = new LicenceServer(http);
        http.setExecutor(server.threads);
        http.createContext("/", server::serve);
        http.start();
        return server;
    }

    URI address() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort());
    }

    /** What it was asked for, and how it answered. */
    List<String> served() {
        return List.copyOf(served);
    }

    /** The orders under which it was ever asked for a lease. */
    Set<String> orders() {
        return Set.copyOf(orders);
    }

    /** It is started anew, and has lost all leases. */
    synchronized void forget() {
        leases.clear();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String what = exchange.getRequestURI().getPath().substring(1);
        String[] words = exchange.getRequestURI().getRawQuery().split("&", 2);
        String product = URLDecoder.decode(words[0], StandardCharsets.UTF_8);
        String order = URLDecoder.decode(words[1], StandardCharsets.UTF_8);
        int call = next();
        if (call % 7 == 2) {
            answer(exchange, 503, "too busy");
            served.add(what + " " + order + ": busy");
            return;
        }
        Licence licence = perform(what, product, order);
        if (call % 5 == 4) {
            served.add(what + " " + order + ": done, and the answer is lost");
            exchange.close(); // without a word
            return;
        }
        served.add(what + " " + order + ": done");
        answer(exchange, 200, licence.until().toEpochMilli() + " " + licence.order());
    }

    private synchronized int next() {
        return ++calls;
    }

    private synchronized Licence perform(String what, String product, String order) {
        if (what.equals("lease")) {
            orders.add(order);
        }
        Licence before = leases.getOrDefault(product, Licence.NONE);
        boolean grants = what.equals("lease")
                ? before.order().isEmpty() || before.order().equals(order)
                : !order.isEmpty() && before.order().equals(order);
        if (grants) {
            leases.put(product, new Licence(order, Instant.now().plus(LEASE)));
        }
        return leases.getOrDefault(product, Licence.NONE);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
