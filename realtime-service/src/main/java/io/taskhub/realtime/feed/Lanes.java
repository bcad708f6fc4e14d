package io.taskhub.realtime.feed;

import io.netty.channel.EventLoop;
import io.quarkus.runtime.Startup;
import io.taskhub.realtime.RealtimeServiceConfig;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** All event loops that have connections, and the one ticker for all of them. */
@Singleton
@Startup
public final class Lanes {
    private final Map<EventLoop, Lane> lanes = new ConcurrentHashMap<>();
    private final Vertx vertx;
    private final long ticker;

    Lanes(Vertx vertx, RealtimeServiceConfig config) {
        this.vertx = vertx;
        this.ticker = vertx.setPeriodic(config.heartbeat().toMillis(), t -> each(Lane::tick));
    }

    /** The lane of the calling event loop. */
    public Lane current() {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        return lanes.computeIfAbsent(
                context.nettyEventLoop(), loop -> new Lane(context.unwrap().duplicate()));
    }

    /** Does this on every lane's loop. */
    public void each(Consumer<Lane> task) {
        lanes.values().forEach(lane -> lane.run(() -> task.accept(lane)));
    }

    /** Leaves a delivery with every lane. */
    void post(Consumer<Lane> delivery) {
        lanes.values().forEach(lane -> lane.post(() -> delivery.accept(lane)));
    }

    /** The longest queue of deliveries. */
    int backlog() {
        return lanes.values().stream().mapToInt(Lane::backlog).max().orElse(0);
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(ticker);
    }
}
