package io.taskhub.gateway.proxy;

import io.taskhub.gateway.GatewayConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Connections to the services. A replica that refuses one is marked down and the next is tried at once, before a byte of the
 * body was read; while it is down, and only then, its health is probed.
 */
@ApplicationScoped
public class Upstreams {
    private static final Logger LOG = Logger.getLogger(Upstreams.class);
    private static final UpstreamPool NOBODY = new UpstreamPool(List.of());

    /** A request to a replica, connected and not sent. */
    record Connected(Upstream upstream, HttpClientRequest request) {}

    private final Vertx vertx;
    private final Map<String, UpstreamPool> pools = new HashMap<>();
    private final LoopClients exchanges;
    private final LoopClients streams;
    private final Duration probeInterval;

    @Inject
    public Upstreams(Vertx vertx, GatewayConfig config) {
        this.vertx = vertx;
        config.upstreams()
                .forEach((service, urls) -> pools.put(
                        service,
                        new UpstreamPool(urls.orElse(List.of()).stream()
                                .map(Upstream::new)
                                .toList())));
        GatewayConfig.Client client = config.client();
        this.exchanges = new LoopClients(vertx, () -> client(vertx, client, client.maxConnections()));
        this.streams = new LoopClients(vertx, () -> client(vertx, client, client.maxStreams()));
        this.probeInterval = client.probeInterval();
    }

    private static HttpClient client(Vertx vertx, GatewayConfig.Client config, int size) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setKeepAliveTimeout(30)
                .setTcpNoDelay(true)
                .setDecompressionSupported(false)
                .setMaxWaitQueueSize(10_000);
        return vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(size));
    }

    HttpClient exchanges() {
        return exchanges.get();
    }

    HttpClient streams() {
        return streams.get();
    }

    /**
     * A connection to the best replica that takes one.
     *
     * @param idleTimeout silence after which the request fails; zero = never
     */
    Future<Connected> connect(String service, HttpClient client, Duration idleTimeout) {
        UpstreamPool pool = pools.getOrDefault(service, NOBODY);
        return connect(service, pool, client, idleTimeout.toMillis(), new HashSet<>(2));
    }

    private Future<Connected> connect(
            String service, UpstreamPool pool, HttpClient client, long idleMillis, Set<Upstream> tried) {
        Upstream upstream = pool.pick(tried);
        if (upstream == null) {
            return Future.failedFuture(new NoUpstreamException(service));
        }
        upstream.begin();
        return client.request(upstream.options().setIdleTimeout(idleMillis))
                .map(request -> {
                    // The answer's future tells the failure; without a handler Vert.x would print it too.
                    request.exceptionHandler(told -> {});
                    return new Connected(upstream, request);
                })
                .recover(refused -> {
                    upstream.end();
                    tried.add(upstream);
                    markDown(service, upstream, refused);
                    return connect(service, pool, client, idleMillis, tried);
                });
    }

    /** All replicas of a service, as addresses to call one by one. */
    List<Upstream> replicas(String service) {
        return pools.getOrDefault(service, NOBODY).replicas();
    }

    private void markDown(String service, Upstream upstream, Throwable why) {
        if (!upstream.isDown()) {
            upstream.down(true);
            LOG.warnf("%s at %s takes no connection: %s", service, upstream, why.getMessage());
            vertx.setTimer(probeInterval.toMillis(), timer -> probe(service, upstream));
        }
    }

    private void probe(String service, Upstream upstream) {
        exchanges()
                .request(upstream.options()
                        .setMethod(HttpMethod.GET)
                        .setURI("/q/health/ready")
                        .setIdleTimeout(probeInterval.toMillis()))
                .compose(request -> request.send())
                .onComplete(answer -> {
                    if (answer.succeeded() && answer.result().statusCode() == 200) {
                        upstream.down(false);
                        LOG.infof("%s at %s is back", service, upstream);
                    } else {
                        vertx.setTimer(probeInterval.toMillis(), timer -> probe(service, upstream));
                    }
                });
    }
}
