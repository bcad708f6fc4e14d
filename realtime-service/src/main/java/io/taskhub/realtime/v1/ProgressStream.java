package io.taskhub.realtime.v1;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import io.taskhub.realtime.feed.Channels;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.history.History;
import io.taskhub.realtime.sse.Follower;
import io.taskhub.realtime.sse.ResponseWire;
import io.taskhub.realtime.sse.SseFrames;
import io.taskhub.realtime.sse.StreamReader;
import io.taskhub.realtime.sse.Streams;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One open stream of progress, of one task or several (tasks-v1.md). One event loop only. */
final class ProgressStream implements Follower.Audience, StreamReader.Stream {
    private static final int MAX_FAILURES = 12;

    /** One task's entry in a stream of several. */
    private record Update(String task_id, Progress.Entry progress, boolean is_final) {}

    private record LastUpdate(String task_id, Progress.Entry progress, boolean is_final, String status) {}

    private record Done(String task_id, String status) {}

    private record Failure(String error, String code) {}

    private final StreamRequest request;
    private final SseFrames frames;
    private final StreamReader<byte[]> reader;
    private final List<Follower> followers = new ArrayList<>();
    private final Map<Follower, String> ended = new HashMap<>();

    ProgressStream(
            StreamRequest request,
            Lane lane,
            HttpServerResponse response,
            Channels channels,
            History history,
            SseFrames frames,
            Streams streams) {
        this.request = request;
        this.frames = frames;
        this.reader = new StreamReader<>(new ResponseWire(response), lane, streams, this);
        for (String task : request.tasks()) {
            followers.add(new Follower(lane, channels.events(), history, task, this));
        }
    }

    /** Fails when one of the tasks cannot be followed; the response is then untouched. */
    Future<Void> open(long retryMs) {
        List<Future<Follower.Opening>> openings = new ArrayList<>();
        for (int i = 0; i < followers.size(); i++) {
            openings.add(followers.get(i).open(request.starts().get(i), request.many()));
        }
        return Future.all(openings).onFailure(e -> reader.close()).map(all -> begin(all, retryMs));
    }

    private Void begin(CompositeFuture openings, long retryMs) {
        List<Follower.Opening> all = openings.list();
        String id = all.stream().map(o -> o.start().toString()).collect(Collectors.joining(","));
        reader.begin();
        reader.send(frames.opening(retryMs, id));
        for (int i = 0; i < followers.size() && !reader.isGone(); i++) {
            followers.get(i).begin(all.get(i));
        }
        return null;
    }

    @Override
    public void event(Follower follower, TaskEvent event, boolean stored) {
        Progress.of(event).ifPresent(progress -> {
            String name = stored && request.history() ? "history" : "progress";
            reader.send(frames.event(name, id(), request.many() ? update(progress) : progress.entry()));
        });
    }

    private static Record update(Progress progress) {
        String task = progress.entry().task_id();
        return progress.status() == null
                ? new Update(task, progress.entry(), false)
                : new LastUpdate(task, progress.entry(), true, progress.status());
    }

    @Override
    public void ended(Follower follower, @Nullable TaskState end) {
        String status = end == null ? "deleted" : Progress.status(end);
        if (ended.putIfAbsent(follower, status) != null || reader.isGone()) {
            return;
        }
        reader.send(frames.event("done", id(), new Done(follower.task(), status)));
        if (ended.size() == followers.size()) {
            reader.finish();
        }
    }

    @Override
    public boolean hasRoom() {
        return reader.hasRoom();
    }

    @Override
    public void hasRoomAgain() {
        followers.forEach(Follower::pump);
    }

    @Override
    public void left() {
        followers.forEach(Follower::leave);
    }

    @Override
    public void historyFailed(Throwable failure, int times) {
        if (times == MAX_FAILURES) {
            reader.send(frames.event("error", id(), new Failure("progress cannot be read", "PROGRESS_FETCH_ERROR")));
            reader.finish();
        }
    }

    /** With several tasks one id tells the position in each. */
    private String id() {
        return followers.stream().map(f -> f.position().toString()).collect(Collectors.joining(","));
    }
}
