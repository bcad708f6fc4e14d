package io.taskhub.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Small JSON calls of the gateway itself to the services, over the same connections. */
@ApplicationScoped
public class ServiceCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Upstreams upstreams;

    public ServiceCalls(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /** Asks the best replica; fails unless it answers 200. */
    public Future<JsonObject> get(String service, String path, String token) {
        return upstreams.connect(service, upstreams.exchanges(), PATIENCE).compose(connected -> send(
                        connected.request(), HttpMethod.GET, path, token, null)
                .onComplete(done -> connected.upstream().end()));
    }

    /** Asks every replica; the answers of those that answer 200. */
    public Future<List<JsonObject>> getFromEvery(String service, String path, String token) {
        return every(service, HttpMethod.GET, path, token, null);
    }

    /** Posts to every replica; the answers of those that answer 2xx. */
    public Future<List<JsonObject>> postToEvery(String service, String path, String token, JsonObject body) {
        return every(service, HttpMethod.POST, path, token, body);
    }

    private Future<List<JsonObject>> every(
            String service, HttpMethod method, String path, String token, @Nullable JsonObject body) {
        List<Future<@Nullable JsonObject>> answers = upstreams.replicas(service).stream()
                .map(replica -> upstreams
                        .exchanges()
                        .request(replica.options().setIdleTimeout(PATIENCE.toMillis()))
                        .compose(request -> send(request, method, path, token, body))
                        .otherwise((JsonObject) null))
                .toList();
        return Future.all(answers).map(all -> answers.stream()
                .map(Future::result)
                .filter(Objects::nonNull)
                .toList());
    }

    private static Future<JsonObject> send(
            HttpClientRequest request, HttpMethod method, String path, String token, @Nullable JsonObject body) {
        request.setMethod(method).setURI(path).putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        if (body != null) {
            request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        return request.send(body == null ? Buffer.buffer() : body.toBuffer())
                .compose(answer -> answer.statusCode() / 100 == 2
                        ? answer.body().map(ServiceCalls::json)
                        : Future.failedFuture(path + " answered " + answer.statusCode()));
    }

    private static JsonObject json(Buffer body) {
        return body.length() == 0 ? new JsonObject() : new JsonObject(body);
    }
}
