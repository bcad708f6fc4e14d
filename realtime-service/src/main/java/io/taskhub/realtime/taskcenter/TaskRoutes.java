package io.taskhub.realtime.taskcenter;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.contracts.Roles;
import io.taskhub.realtime.RealtimeServiceConfig;
import io.taskhub.realtime.feed.Channels;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.feed.Lanes;
import io.taskhub.realtime.history.History;
import io.taskhub.realtime.history.NoSuchTaskException;
import io.taskhub.realtime.sse.Caller;
import io.taskhub.realtime.sse.Follower;
import io.taskhub.realtime.sse.ResponseWire;
import io.taskhub.realtime.sse.SseFrames;
import io.taskhub.realtime.sse.StreamId;
import io.taskhub.realtime.sse.StreamReader;
import io.taskhub.realtime.sse.Streams;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/tasks/{id}/stream} and its other name {@code /events}, as server-sent events or upgraded to a WebSocket (task-center.md
 * §4, decisions §6). The id may be spelled in any way.
 */
@Singleton
final class TaskRoutes {
    private static final Logger LOG = Logger.getLogger(TaskRoutes.class);

    private final Lanes lanes;
    private final Channels channels;
    private final History history;
    private final AgentUpdates updates;
    private final SseFrames frames;
    private final Streams streams;
    private final ObjectMapper json;
    private final RealtimeServiceConfig config;

    TaskRoutes(
            Lanes lanes,
            Channels channels,
            History history,
            AgentUpdates updates,
            SseFrames frames,
            Streams streams,
            ObjectMapper json,
            RealtimeServiceConfig config) {
        this.lanes = lanes;
        this.channels = channels;
        this.history = history;
        this.updates = updates;
        this.frames = frames;
        this.streams = streams;
        this.json = json;
        this.config = config;
    }

    void register(@Observes Router router) {
        router.get("/api/tasks/:id/stream").handler(this::answer);
        router.get("/api/tasks/:id/events").handler(this::answer);
    }

    private void answer(RoutingContext call) {
        switch (Caller.of(call, Roles.VIEWER)) {
            case NOBODY -> Problem.unauthorized().send(call.response());
            case FORBIDDEN -> Problem.forbidden().send(call.response());
            case ADMITTED ->
                known(call).ifPresentOrElse(known -> open(call, known), () -> Problem.invalid(
                                "Last-Event-ID must be an id of this stream: <epoch_ms>-<n>")
                        .send(call.response()));
        }
    }

    private void open(RoutingContext call, StreamId known) {
        // what comes after an upgrade request must wait for the upgrade
        call.request().pause();
        Lane lane = lanes.current();
        TaskStream stream =
                new TaskStream(call.pathParam("id"), known, new Storyline(updates), lane, channels, history);
        call.response().closeHandler(v -> stream.left());
        stream.open()
                .onSuccess(opening -> {
                    if (call.response().closed()) {
                        // the reader left while its task was looked for
                        return;
                    }
                    if (call.request().headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
                        call.request()
                                .toWebSocket()
                                .onSuccess(socket -> tell(socket, stream, opening, lane))
                                .onFailure(broken -> stream.left());
                    } else {
                        tell(call, stream, opening, lane, known);
                    }
                })
                .onFailure(failure -> {
                    call.request().resume();
                    problem(call.pathParam("id"), failure).send(call.response());
                });
    }

    private void tell(RoutingContext call, TaskStream stream, Follower.Opening opening, Lane lane, StreamId known) {
        var reader = new StreamReader<>(new ResponseWire(call.response()), lane, streams, stream);
        call.request().resume();
        reader.begin();
        reader.send(frames.opening(config.reconnectDelay().toMillis(), known.toString()));
        stream.begin(
                opening,
                reader,
                frame -> reader.send(
                        frames.event(frame.shown().event(), frame.id().toString(), frame.shown())));
    }

    private void tell(ServerWebSocket socket, TaskStream stream, Follower.Opening opening, Lane lane) {
        var reader = new StreamReader<>(new SocketWire(socket), lane, streams, stream);
        reader.begin();
        stream.begin(opening, reader, frame -> {
            ObjectNode message = json.valueToTree(frame.shown());
            reader.send(message.put("id", frame.id().toString()).toString());
        });
    }

    private static Problem problem(String task, Throwable failure) {
        if (failure instanceof NoSuchTaskException) {
            return Problem.unknownTask(task);
        }
        LOG.warnf("a stream cannot be opened: %s", failure.toString());
        return Problem.unavailable();
    }

    /** The last frame that the reader says it has; a browser's own header counts more than what is in the address. */
    private static Optional<StreamId> known(RoutingContext call) {
        String id = call.request().getHeader("Last-Event-ID");
        if (isBlank(id)) {
            id = call.request().getParam("last_event_id");
        }
        return id == null || isBlank(id) ? Optional.of(StreamId.BEGINNING) : StreamId.parse(id.strip());
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
