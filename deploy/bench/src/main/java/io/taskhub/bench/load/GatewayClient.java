package io.taskhub.bench.load;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 to the gateway over a fixed number of kept connections, one request at a time on each. */
public final class GatewayClient implements AutoCloseable {
    private static final int SILENCE_SECONDS = 60;
    private static final int MANY = 100_000;

    private final Context loop;
    private final HttpClient http;
    private final MultiMap headers;

    /** @param token sent as bearer; null for calls that need none */
    public GatewayClient(Vertx vertx, URI origin, @Nullable String token, int connections) {
        loop = vertx.getOrCreateContext();
        http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setDefaultHost(origin.getHost())
                        .setDefaultPort(origin.getPort())
                        .setKeepAlive(true)
                        .setKeepAliveTimeout(SILENCE_SECONDS)
                        .setPipelining(false)
                        .setTcpNoDelay(true)
                        .setIdleTimeout(SILENCE_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS),
                new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(MANY));
        headers = MultiMap.caseInsensitiveMultiMap();
        headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
        if (token != null) {
            headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        }
    }

    public Future<Reply> get(String path) {
        return send(HttpMethod.GET, path, null);
    }

    public Future<Reply> post(String path, @Nullable Buffer body) {
        return send(HttpMethod.POST, path, body);
    }

    public Future<Reply> delete(String path) {
        return send(HttpMethod.DELETE, path, null);
    }

    /**
     * On the event loop from the first step: another thread might look for the body only after it went by, and wait for it
     * forever.
     */
    private Future<Reply> send(HttpMethod method, String path, @Nullable Buffer body) {
        if (Context.isOnEventLoopThread()) {
            return exchange(method, path, body);
        }
        Promise<Reply> answer = Promise.promise();
        loop.runOnContext(_ -> exchange(method, path, body).onComplete(answer));
        return answer.future();
    }

    private Future<Reply> exchange(HttpMethod method, String path, @Nullable Buffer body) {
        return http.request(new RequestOptions().setMethod(method).setURI(path).setHeaders(headers))
                .compose(request -> body == null ? request.send() : request.send(body))
                .compose(response -> response.body().map(bytes -> new Reply(response.statusCode(), bytes)));
    }

    @Override
    public void close() {
        http.close();
    }
}
