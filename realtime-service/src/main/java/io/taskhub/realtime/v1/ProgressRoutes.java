package io.taskhub.realtime.v1;

import io.taskhub.contracts.Roles;
import io.taskhub.realtime.RealtimeServiceConfig;
import io.taskhub.realtime.feed.Channels;
import io.taskhub.realtime.feed.Lanes;
import io.taskhub.realtime.history.History;
import io.taskhub.realtime.history.NoSuchTaskException;
import io.taskhub.realtime.sse.Caller;
import io.taskhub.realtime.sse.SseFrames;
import io.taskhub.realtime.sse.Streams;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/tasks/{id}/progress/stream} and {@code GET /api/v1/progress/stream?task_ids=}. Plain Vert.x routes: a stream costs
 * no thread, and its writes are watched (architecture 5, 12).
 */
@Singleton
final class ProgressRoutes {
    private static final Logger LOG = Logger.getLogger(ProgressRoutes.class);

    private final Lanes lanes;
    private final Channels channels;
    private final History history;
    private final SseFrames frames;
    private final Streams streams;
    private final RealtimeServiceConfig config;

    ProgressRoutes(
            Lanes lanes,
            Channels channels,
            History history,
            SseFrames frames,
            Streams streams,
            RealtimeServiceConfig config) {
        this.lanes = lanes;
        this.channels = channels;
        this.history = history;
        this.frames = frames;
        this.streams = streams;
        this.config = config;
    }

    void register(@Observes Router router) {
        router.get("/api/v1/tasks/:id/progress/stream")
                .handler(call -> answer(
                        call,
                        c -> StreamRequest.one(
                                c.pathParam("id"), param(c, "start_id"), param(c, "history"), lastEventId(c))));
        router.get("/api/v1/progress/stream")
                .handler(call -> answer(
                        call,
                        c -> StreamRequest.many(
                                param(c, "task_ids"), param(c, "start_id"), param(c, "history"), lastEventId(c))));
    }

    private void answer(RoutingContext call, Function<RoutingContext, StreamRequest> parse) {
        switch (Caller.of(call, Roles.VIEWER)) {
            case NOBODY -> V1Error.unauthorized().send(call.response());
            case FORBIDDEN -> V1Error.forbidden().send(call.response());
            case ADMITTED -> {
                try {
                    open(call, parse.apply(call));
                } catch (StreamRequest.InvalidException e) {
                    V1Error.invalid(String.valueOf(e.getMessage())).send(call.response());
                }
            }
        }
    }

    private void open(RoutingContext call, StreamRequest request) {
        new ProgressStream(request, lanes.current(), call.response(), channels, history, frames, streams)
                .open(config.reconnectDelay().toMillis())
                .onFailure(failure -> error(failure).send(call.response()));
    }

    private static V1Error error(Throwable failure) {
        if (failure instanceof NoSuchTaskException) {
            return V1Error.unknownTask(String.valueOf(failure.getMessage()));
        }
        LOG.warnf("a stream cannot be opened: %s", failure.toString());
        return V1Error.unavailable();
    }

    private static @Nullable String param(RoutingContext call, String name) {
        return call.request().getParam(name);
    }

    private static @Nullable String lastEventId(RoutingContext call) {
        return call.request().getHeader("Last-Event-ID");
    }
}
