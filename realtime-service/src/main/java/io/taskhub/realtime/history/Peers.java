package io.taskhub.realtime.history;

import io.taskhub.contracts.identity.ServiceToken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls to the replicas of one service, without a thread per call. Every call here only reads, so one that failed is tried at
 * the next replica (and once more at the only one: a kept connection may have been closed meanwhile).
 */
final class Peers {
    private static final int CONNECT_TIMEOUT_MS = 1_000;
    /** The store may make a call on logs wait 5 s. */
    private static final int ANSWER_TIMEOUT_MS = 8_000;

    private static final int CONNECTIONS = 64;
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    /** @param status below 500 */
    record Reply(int status, Buffer body) {}

    interface Reading<T> {
        T read(byte[] body) throws IOException;
    }

    private final String service;
    private final HttpClient client;
    private final ServiceToken token;
    private final List<URI> urls;
    private volatile int preferred;

    Peers(Vertx vertx, String service, List<URI> urls, ServiceToken token) {
        this.service = service;
        this.token = token;
        this.urls = List.copyOf(urls);
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS).setKeepAliveTimeout(30),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    /** Fails with {@link HistoryUnavailableException} when no replica answers below 500. */
    Future<Reply> call(HttpMethod method, String path, @Nullable Buffer body) {
        return call(method, path, body, preferred, Math.max(2, urls.size()));
    }

    private Future<Reply> call(HttpMethod method, String path, @Nullable Buffer body, int peer, int tries) {
        return callOnce(method, urls.get(peer % urls.size()) + path, body).recover(failure -> {
            if (tries <= 1) {
                return Future.failedFuture(new HistoryUnavailableException(service + " does not answer", failure));
            }
            int next = (peer + 1) % urls.size();
            preferred = next;
            return call(method, path, body, next, tries - 1);
        });
    }

    private Future<Reply> callOnce(HttpMethod method, String uri, @Nullable Buffer body) {
        return client.request(new RequestOptions()
                        .setMethod(method)
                        .setAbsoluteURI(uri)
                        .setTimeout(ANSWER_TIMEOUT_MS)
                        .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.current())
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json"))
                .compose(request -> body == null ? request.send() : request.send(body))
                .compose(response -> response.body().compose(content -> {
                    if (response.statusCode() >= SERVER_ERROR) {
                        return Future.failedFuture(
                                new HistoryUnavailableException(service + " answered " + response.statusCode()));
                    }
                    return Future.succeededFuture(new Reply(response.statusCode(), content));
                }));
    }

    /** The body of an answer of 200. */
    <T> T read(Reply reply, Reading<T> reading) {
        if (reply.status() != OK) {
            throw new HistoryUnavailableException(service + " answered " + reply.status());
        }
        try {
            return reading.read(reply.body().getBytes());
        } catch (IOException e) {
            throw new HistoryUnavailableException(service + "'s answer cannot be read", e);
        }
    }

    /** A part of a path or of a query. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    void close() {
        client.close();
    }
}
