package io.taskhub.gateway.proxy;

import io.taskhub.gateway.dialect.Answer;
import io.taskhub.gateway.dialect.Refusal;
import io.taskhub.gateway.dialect.Refusal.Reason;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * A WebSocket through the gateway: the upgrade is repeated at the service, then bytes are copied both ways, each way only as fast
 * as its reader reads. Frames are not looked at.
 */
@ApplicationScoped
public class WebSocketTunnel {
    private final Upstreams upstreams;
    private final HeaderRules headers;

    public WebSocketTunnel(Upstreams upstreams, HeaderRules headers) {
        this.upstreams = upstreams;
        this.headers = headers;
    }

    /** Whether the caller asks for a WebSocket. */
    public static boolean isUpgrade(HttpServerRequest request) {
        String upgrade = request.getHeader(HttpHeaders.UPGRADE);
        if (!"websocket".equalsIgnoreCase(upgrade) || !request.method().equals(HttpMethod.GET)) {
            return false;
        }
        for (String connection : request.headers().getAll(HttpHeaders.CONNECTION)) {
            for (String token : connection.split(",", -1)) {
                if (token.strip().equalsIgnoreCase("upgrade")) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Opens the tunnel or answers with a refusal.
     *
     * @param uri path and query at the service
     */
    public void open(Exchange exchange, String uri) {
        HttpServerRequest request = exchange.request();
        request.pause();
        upstreams
                .connect(exchange.route().service(), upstreams.streams(), Duration.ZERO)
                .onComplete(connected -> {
                    if (connected.failed()) {
                        refuse(exchange, connected.cause());
                        return;
                    }
                    Upstream upstream = connected.result().upstream();
                    shakeHands(exchange, uri, connected.result().request())
                            .onSuccess(answer -> pass(exchange, answer, upstream))
                            .onFailure(failure -> {
                                upstream.end();
                                refuse(exchange, failure);
                            });
                });
    }

    private Future<HttpClientResponse> shakeHands(Exchange exchange, String uri, HttpClientRequest upgrade) {
        HttpServerRequest request = exchange.request();
        upgrade.setMethod(HttpMethod.GET).setURI(uri);
        MultiMap copy = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        headers.toService(copy, exchange);
        copy.remove(HttpHeaders.HOST).remove(HttpHeaders.CONTENT_LENGTH).remove(HttpHeaders.TRANSFER_ENCODING);
        upgrade.headers()
                .addAll(copy)
                .set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
                .set(HttpHeaders.UPGRADE, "websocket");
        Future<HttpClientResponse> answer = upgrade.connect();
        request.handler(upgrade::write);
        request.endHandler(end -> upgrade.end());
        request.resume();
        return answer;
    }

    private void pass(Exchange exchange, HttpClientResponse answer, Upstream upstream) {
        HttpServerResponse response = exchange.request().response();
        response.setStatusCode(answer.statusCode());
        response.putHeader(HeaderRules.REQUEST_ID, exchange.id());
        answer.headers().forEach(header -> {
            if (header.getKey().regionMatches(true, 0, "sec-websocket-", 0, 14)) {
                response.headers().add(header.getKey(), header.getValue());
            }
        });
        if (answer.statusCode() != 101) {
            upstream.end();
            reject(exchange, answer);
            return;
        }
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE).putHeader(HttpHeaders.UPGRADE, "websocket");
        NetSocket service = answer.netSocket();
        exchange.request()
                .toNetSocket()
                .onSuccess(caller -> {
                    service.pipeTo(caller).onComplete(done -> upstream.end());
                    caller.pipeTo(service);
                })
                .onFailure(gone -> {
                    upstream.end();
                    service.close();
                });
    }

    /** A service that refuses says why; one that answers as if nobody had asked for an upgrade may never come to an end. */
    private static void reject(Exchange exchange, HttpClientResponse answer) {
        HttpServerResponse response = exchange.request().response();
        if (answer.statusCode() < Reason.BAD_REQUEST.status()) {
            answer.request().reset();
            Refusal refusal = new Refusal(Reason.BAD_REQUEST, "this is no WebSocket");
            Answer.refuse(response, exchange.route().dialect(), refusal, exchange.id());
            return;
        }
        String type = answer.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, type);
        }
        answer.body().onSuccess(response::end).onFailure(gone -> response.end());
    }

    private static void refuse(Exchange exchange, Throwable failure) {
        HttpServerRequest request = exchange.request();
        request.handler(null).endHandler(null).resume();
        Answer.refuse(
                request.response(),
                exchange.route().dialect(),
                Failures.refusal(failure, exchange.route().service()),
                exchange.id());
    }
}
