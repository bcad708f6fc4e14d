package io.taskhub.realtime.admin;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.realtime.feed.Channel;
import io.taskhub.realtime.feed.Channels;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.feed.Listener;
import io.taskhub.realtime.feed.Published;
import io.taskhub.realtime.sse.SseFrames;
import io.taskhub.realtime.sse.StreamId;
import io.taskhub.realtime.sse.StreamReader;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One open stream of what happens to all tasks from now on. Events wait in order while the type of a task is asked for; when too many
 * wait, the first goes without. A stream that may have missed something ends: its reader looks at the list again and comes back. One
 * event loop only.
 */
final class JobEvents implements Listener<TaskEvent>, StreamReader.Stream {
    private static final int MAX_WAITING = 32;
    private static final Set<String> KEYS = Set.of(Channel.ALL);

    private record Waiting(TaskEvent event, Telling told) {}

    private final Lane lane;
    private final Channels channels;
    private final TaskTypes types;
    private final SseFrames frames;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean asking;
    private @Nullable StreamReader<byte[]> reader;

    JobEvents(Lane lane, Channels channels, TaskTypes types, SseFrames frames) {
        this.lane = lane;
        this.channels = channels;
        this.types = types;
        this.frames = frames;
    }

    /** @param opened with this as its stream */
    void begin(StreamReader<byte[]> opened) {
        reader = opened;
        channels.events().enter(lane, KEYS, this);
    }

    @Override
    public void take(Published<TaskEvent> item) {
        Telling told = Telling.of(item.value());
        if (told != null) {
            waiting.add(new Waiting(item.value(), told));
            tellOn();
        }
    }

    private void tellOn() {
        Waiting next;
        while ((next = waiting.peek()) != null) {
            String type = types.known(next.event());
            if (type == null && waiting.size() <= MAX_WAITING) {
                ask(next);
                return;
            }
            tell(waiting.remove(), type);
        }
    }

    private void ask(Waiting first) {
        if (asking) {
            return;
        }
        asking = true;
        // whatever the answer, the reader is told
        types.ask(first.event().subject().task()).otherwiseEmpty().onSuccess(type -> {
            asking = false;
            if (first.equals(waiting.peek())) {
                tell(waiting.remove(), type);
            }
            tellOn();
        });
    }

    private void tell(Waiting first, @Nullable String type) {
        if (reader != null) {
            TaskEvent.Subject subject = first.event().subject();
            String id = StreamId.of(first.event()).toString();
            reader.send(frames.event("job.event", id, JobEvent.of(subject, first.told(), type)));
        }
    }

    @Override
    public void feedJumped() {
        if (reader != null) {
            reader.giveUp();
        }
    }

    @Override
    public void hasRoomAgain() {
        // nothing is held back for want of room
    }

    @Override
    public void left() {
        waiting.clear();
        channels.events().leave(lane, KEYS, this);
    }
}
