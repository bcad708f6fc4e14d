package io.taskhub.realtime.sse;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.realtime.feed.Channels;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.history.History;
import io.taskhub.realtime.outbox.Outbox;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One open stream of progress, of one task or several (tasks-v1.md). One event loop only. */
final class ProgressStream implements Follower.Audience, Lane.Ticking {
    private static final int MAX_FAILURES = 12;
    private static final int MAX_QUIET_TICKS = 4;

    /** One task's entry in a stream of several. */
    private record Update(String task_id, Progress.Entry progress, boolean is_final) {}

    private record LastUpdate(String task_id, Progress.Entry progress, boolean is_final, String status) {}

    private record Done(String task_id, String status) {}

    private record Failure(String error, String code) {}

    private final StreamRequest request;
    private final Lane lane;
    private final HttpServerResponse response;
    private final SseFrames frames;
    private final Streams streams;
    private final Outbox<byte[]> outbox;
    private final List<Follower> followers = new ArrayList<>();
    private final Map<Follower, String> ended = new HashMap<>();
    private boolean finishing;
    private boolean closed;
    private long writtenAtTick;
    private int quietTicks;

    ProgressStream(
            StreamRequest request,
            Lane lane,
            HttpServerResponse response,
            Channels channels,
            History history,
            SseFrames frames,
            Streams streams) {
        this.request = request;
        this.lane = lane;
        this.response = response;
        this.frames = frames;
        this.streams = streams;
        this.outbox = new Outbox<>(new ResponseSink(response));
        for (String task : request.tasks()) {
            followers.add(new Follower(lane, channels.events(), history, task, this));
        }
    }

    /** Fails when one of the tasks cannot be followed; the response is then untouched. */
    Future<Void> open(long retryMs) {
        response.closeHandler(v -> close());
        List<Future<Follower.Opening>> openings = new ArrayList<>();
        for (int i = 0; i < followers.size(); i++) {
            openings.add(followers.get(i).open(request.starts().get(i), request.many()));
        }
        return Future.all(openings).onFailure(e -> close()).map(all -> begin(all, retryMs));
    }

    private Void begin(CompositeFuture openings, long retryMs) {
        if (closed) {
            return null;
        }
        streams.opened(this);
        lane.visit(this);
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream;charset=UTF-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("X-Accel-Buffering", "no");
        response.drainHandler(v -> drained());
        List<Follower.Opening> all = openings.list();
        String id = all.stream().map(o -> o.start().toString()).collect(Collectors.joining(","));
        send(frames.opening(retryMs, id));
        for (int i = 0; i < followers.size() && !closed; i++) {
            followers.get(i).begin(all.get(i));
        }
        return null;
    }

    @Override
    public void event(Follower follower, TaskEvent event, boolean stored) {
        Progress.of(event).ifPresent(progress -> {
            String name = stored && request.history() ? "history" : "progress";
            send(frames.event(name, id(), request.many() ? update(progress) : progress.entry()));
        });
    }

    private static Record update(Progress progress) {
        String task = progress.entry().task_id();
        return progress.status() == null
                ? new Update(task, progress.entry(), false)
                : new LastUpdate(task, progress.entry(), true, progress.status());
    }

    @Override
    public void ended(Follower follower, String status) {
        if (ended.putIfAbsent(follower, status) != null || closed) {
            return;
        }
        send(frames.event("done", id(), new Done(follower.task(), status)));
        if (ended.size() == followers.size()) {
            finish();
        }
    }

    @Override
    public boolean hasRoom() {
        return outbox.isIdle();
    }

    @Override
    public void historyFailed(Throwable failure, int times) {
        if (times == MAX_FAILURES) {
            send(frames.event("error", id(), new Failure("progress cannot be read", "PROGRESS_FETCH_ERROR")));
            finish();
        }
    }

    /** With several tasks one id tells the position in each. */
    private String id() {
        return followers.stream().map(f -> f.position().toString()).collect(Collectors.joining(","));
    }

    private void send(byte[] frame) {
        if (!closed && !outbox.offer(frame)) {
            drop();
        }
    }

    private void drained() {
        outbox.drain();
        if (outbox.isIdle()) {
            followers.forEach(Follower::pump);
        }
        finishWhenWritten();
    }

    @Override
    public void tick() {
        boolean stuck = !outbox.isIdle() && outbox.written() == writtenAtTick;
        quietTicks = stuck ? quietTicks + 1 : 0;
        writtenAtTick = outbox.written();
        if (quietTicks >= MAX_QUIET_TICKS) {
            drop();
        } else {
            send(frames.comment());
        }
    }

    private void finish() {
        finishing = true;
        finishWhenWritten();
    }

    private void finishWhenWritten() {
        if (finishing && !closed && outbox.isIdle()) {
            response.end();
            close();
        }
    }

    /** The reader is too slow. It may come back with the last id it got. */
    private void drop() {
        streams.dropped();
        close();
        response.reset();
    }

    private void close() {
        if (!closed) {
            closed = true;
            followers.forEach(Follower::leave);
            lane.leave(this);
            streams.closed(this);
        }
    }
}
