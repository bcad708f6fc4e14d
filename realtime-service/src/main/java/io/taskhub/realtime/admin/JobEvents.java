package io.taskhub.realtime.admin;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.realtime.feed.Channel;
import io.taskhub.realtime.feed.Channels;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.feed.Listener;
import io.taskhub.realtime.feed.Published;
import io.taskhub.realtime.outbox.Outbox;
import io.taskhub.realtime.sse.SseFrames;
import io.taskhub.realtime.sse.StreamId;
import io.taskhub.realtime.sse.StreamReader;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One open stream of what happens to all tasks from now on. Events wait in order while the type of the first one's task is asked for. A
 * stream that may have missed something ends: its reader looks at the list again and comes back. One event loop only.
 */
final class JobEvents implements Listener<TaskEvent>, StreamReader.Stream {
    private static final Set<String> KEYS = Set.of(Channel.ALL);

    private final Lane lane;
    private final Channels channels;
    private final TaskTypes types;
    private final SseFrames frames;
    private final Queue<TaskEvent> waiting = new ArrayDeque<>();
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
        if (waiting.size() == Outbox.MAX_WAITING) {
            giveUp();
            return;
        }
        waiting.add(item.value());
        tellOn();
    }

    private void tellOn() {
        TaskEvent next;
        while (!asking && (next = waiting.peek()) != null) {
            String type = types.known(next);
            if (type == null) {
                ask(next);
            } else {
                tell(waiting.remove(), type);
            }
        }
    }

    private void ask(TaskEvent event) {
        asking = true;
        // whatever the answer, the reader is told
        types.ask(event.subject().task()).otherwiseEmpty().onSuccess(type -> {
            asking = false;
            if (!waiting.isEmpty()) {
                tell(waiting.remove(), type);
                tellOn();
            }
        });
    }

    private void tell(TaskEvent event, @Nullable String type) {
        JobEvent.of(event, type).ifPresent(shown -> {
            if (reader != null) {
                reader.send(frames.event("job.event", StreamId.of(event).toString(), shown));
            }
        });
    }

    @Override
    public void feedJumped() {
        giveUp();
    }

    private void giveUp() {
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
