package io.taskhub.gateway.proxy;

import io.taskhub.gateway.dialect.Refusal;
import io.taskhub.gateway.dialect.Refusal.Reason;
import io.taskhub.gateway.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request to its service and the answer back, both as they come. The library does the streaming; this class decides where
 * to, with which headers, and what is said when it fails. Path and query go out as they came in.
 */
@ApplicationScoped
public class Forwarder {
    /** Upgrades go through {@link WebSocketTunnel}, which slows a fast sender down; the library's tunnel does not. */
    private static final ProxyOptions NO_UPGRADES = new ProxyOptions().setSupportWebSocket(false);

    private final Upstreams upstreams;
    private final HeaderRules headers;

    public Forwarder(Upstreams upstreams, HeaderRules headers) {
        this.upstreams = upstreams;
        this.headers = headers;
    }

    /** Forwards; answers in every case. */
    public void forward(Exchange exchange) {
        boolean stream = exchange.route().kind() == Kind.STREAM;
        HttpClient client = stream ? upstreams.streams() : upstreams.exchanges();
        Duration timeout = stream ? Duration.ZERO : exchange.route().timeout();
        Passage passage = new Passage(exchange, client, timeout);
        HttpProxy.reverseProxy(NO_UPGRADES, client)
                .origin(passage::connect)
                .addInterceptor(passage)
                .handle(exchange.request());
    }

    /** One request under way. */
    private final class Passage implements ProxyInterceptor {
        private final Exchange exchange;
        private final HttpClient client;
        private final Duration timeout;
        private @Nullable Upstream upstream;
        private @Nullable LimitedBody limited;

        Passage(Exchange exchange, HttpClient client, Duration timeout) {
            this.exchange = exchange;
            this.client = client;
            this.timeout = timeout;
        }

        Future<HttpClientRequest> connect(ProxyContext context) {
            return upstreams
                    .connect(exchange.route().service(), client, timeout)
                    .map(connected -> {
                        upstream = connected.upstream();
                        return connected.request();
                    });
        }

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            headers.toService(context.request().headers(), exchange);
            HttpServerRequest request = exchange.request();
            if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
                limited = new LimitedBody(request, exchange.route().maxBody());
                context.request().setBody(Body.body(limited));
            }
            return context.sendRequest().recover(failure -> {
                end();
                return Future.succeededFuture(refuse(context, failure));
            });
        }

        @Override
        public Future<Void> handleProxyResponse(ProxyContext context) {
            headers.toCaller(context.response().headers(), exchange);
            return context.sendResponse().onComplete(done -> end());
        }

        private void end() {
            if (upstream != null) {
                upstream.end();
                upstream = null;
            }
        }

        private ProxyResponse refuse(ProxyContext context, Throwable failure) {
            boolean tooLarge = limited != null && limited.isExceeded();
            Refusal refusal = tooLarge
                    ? Refusal.of(Reason.PAYLOAD_TOO_LARGE)
                    : Failures.refusal(failure, exchange.route().service());
            ProxyResponse answer = context.request()
                    .release()
                    .response()
                    .setStatusCode(refusal.status())
                    .putHeader(
                            HttpHeaders.CONTENT_TYPE, exchange.route().dialect().contentType())
                    .setBody(Body.body(Buffer.buffer(exchange.route().dialect().body(refusal))));
            if (refusal.reason() == Reason.SERVICE_UNAVAILABLE) {
                answer.putHeader(HttpHeaders.RETRY_AFTER, "1");
            }
            return answer;
        }
    }
}
