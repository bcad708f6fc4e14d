package io.taskhub.gateway.proxy;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.impl.ContextInternal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * One HTTP client per event loop: a request leaves on a connection of the loop that read it. A shared pool hands out connections of
 * other loops, and every write then wakes another thread.
 */
final class LoopClients {
    private final Vertx vertx;
    private final Supplier<HttpClient> factory;
    private final Map<EventLoop, HttpClient> clients = new ConcurrentHashMap<>();

    LoopClients(Vertx vertx, Supplier<HttpClient> factory) {
        this.vertx = vertx;
        this.factory = factory;
    }

    /** The client of the calling event loop. */
    HttpClient get() {
        EventLoop loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
        return clients.computeIfAbsent(loop, first -> factory.get());
    }
}
