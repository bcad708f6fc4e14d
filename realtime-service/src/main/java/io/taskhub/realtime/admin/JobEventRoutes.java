package io.taskhub.realtime.admin;

import io.taskhub.contracts.Roles;
import io.taskhub.realtime.RealtimeServiceConfig;
import io.taskhub.realtime.feed.Channels;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.feed.Lanes;
import io.taskhub.realtime.sse.Caller;
import io.taskhub.realtime.sse.ResponseWire;
import io.taskhub.realtime.sse.SseFrames;
import io.taskhub.realtime.sse.StreamReader;
import io.taskhub.realtime.sse.Streams;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** {@code GET /api/admin/jobs/events} (decisions §7): server-sent events, from now on only. */
@Singleton
final class JobEventRoutes {
    private final Lanes lanes;
    private final Channels channels;
    private final TaskTypes types;
    private final SseFrames frames;
    private final Streams streams;
    private final RealtimeServiceConfig config;

    JobEventRoutes(
            Lanes lanes,
            Channels channels,
            TaskTypes types,
            SseFrames frames,
            Streams streams,
            RealtimeServiceConfig config) {
        this.lanes = lanes;
        this.channels = channels;
        this.types = types;
        this.frames = frames;
        this.streams = streams;
        this.config = config;
    }

    void register(@Observes Router router) {
        router.get("/api/admin/jobs/events").handler(this::answer);
    }

    private void answer(RoutingContext call) {
        switch (Caller.of(call, Roles.ADMIN)) {
            case NOBODY -> refuse(call.response(), 401, "unauthorized", "authentication required");
            case FORBIDDEN -> refuse(call.response(), 403, "forbidden_admin_only", "this needs the role admin");
            case ADMITTED -> open(call);
        }
    }

    private void open(RoutingContext call) {
        Lane lane = lanes.current();
        JobEvents events = new JobEvents(lane, channels, types, frames);
        var reader = new StreamReader<>(new ResponseWire(call.response()), lane, streams, events);
        reader.begin();
        events.begin(reader);
        reader.send(frames.opening(config.reconnectDelay().toMillis()));
    }

    private static void refuse(HttpServerResponse response, int status, String code, String message) {
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject()
                        .put("ok", false)
                        .put("error", new JsonObject().put("code", code).put("message", message))
                        .toBuffer());
    }
}
