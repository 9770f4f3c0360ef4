package dev.steward.examples.licences;

import dev.steward.reconcile.Outcome;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** The licence server over HTTP. Its answers come on threads of the client: a loop takes them to its own. */
final class HttpLicenceApi implements LicenceApi {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;

    HttpLicenceApi(URI server) {
        this.server = server;
    }

    @Override
    public void find(String product, Consumer<? super Outcome<Licence>> then) {
        ask("find", product, "", then);
    }

    @Override
    public void lease(String product, String order, Consumer<? super Outcome<Licence>> then) {
        ask("lease", product, order, then);
    }

    @Override
    public void renew(String product, String order, Consumer<? super Outcome<Licence>> then) {
        ask("renew", product, order, then);
    }

    private void ask(String what, String product, String order, Consumer<? super Outcome<Licence>> then) {
        URI address = server.resolve("/" + what + "?" + quote(product) + "&" + quote(order));
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .whenComplete((answer, lost) -> then.accept(
                        lost != null
                                ? Outcome.unknown(String.valueOf(lost.getMessage())) // it may have come there
                                : outcome(answer.statusCode(), answer.body())));
    }

    private static Outcome<Licence> outcome(int status, String body) {
        if (status == 200) {
            String[] parts = body.split(" ", 2);
            return Outcome.done(new Licence(parts[1], Instant.ofEpochMilli(Long.parseLong(parts[0]))));
        }
        return status == 503 ? Outcome.busy(body) : Outcome.refused("status " + status + ": " + body);
    }

    private static String quote(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
