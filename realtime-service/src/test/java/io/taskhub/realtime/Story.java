package io.taskhub.realtime;

import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task's life as a test tells it: each event is stored and then published, unless said otherwise. */
public final class Story {
    private static final long BEGAN = 1_760_000_000_000L;

    private final World world;
    private final TaskId id = new TaskId(UUID.randomUUID());
    private final long number;
    private final String logical;
    private final @Nullable String run;
    private final Origin origin;
    private final List<TaskEvent> events = new ArrayList<>();
    private final Map<Integer, Integer> lines = new HashMap<>();
    private boolean published = true;

    Story(World world, long number, String logical, @Nullable String run, Origin origin) {
        this.world = world;
        this.number = number;
        this.logical = logical;
        this.run = run;
        this.origin = origin;
    }

    public TaskId id() {
        return id;
    }

    public String number() {
        return Long.toString(number);
    }

    public List<TaskEvent> events() {
        return List.copyOf(events);
    }

    /** From now on events are stored but the feed does not tell of them. */
    public Story unpublished() {
        published = false;
        return this;
    }

    public Story publishedAgain() {
        published = true;
        return this;
    }

    public Story created() {
        return happens(new TaskEvent.Created(next(), TaskState.PENDING, "default", "demo", 0));
    }

    public Story started(int attempt) {
        return happens(new TaskEvent.Started(next(), attempt, 4, "w1"));
    }

    public Story progressed(int percentage) {
        return happens(new TaskEvent.Progressed(next(), 1, percentage, "processing", "at " + percentage, null));
    }

    /** With more to say than v1 shows; {@code data} is JSON. */
    public Story reported(String stage, String data) {
        return happens(new TaskEvent.Progressed(next(), 1, 0, stage, "", data));
    }

    public Story cancelRequested() {
        return happens(new TaskEvent.CancelRequested(next(), "by alice"));
    }

    public Story returned(String reason) {
        return happens(new TaskEvent.Returned(next(), reason));
    }

    public Story retrying(int attempt) {
        return happens(new TaskEvent.Retrying(next(), attempt, 2, "exit code 2", false, 12, 0));
    }

    public Story finished(TaskState state, String error) {
        int percentage = state == TaskState.COMPLETED ? 100 : 50;
        return happens(new TaskEvent.Finished(next(), state, false, 1, error.isEmpty() ? 0 : 1, error, percentage, 34));
    }

    public Story restarted() {
        return happens(new TaskEvent.Restarted(next(), TaskState.PENDING));
    }

    public Story deleted() {
        TaskEvent event = new TaskEvent.Deleted(next());
        events.add(event);
        world.stored().delete(id);
        world.publish(event);
        return this;
    }

    /** A line of a claim; the store has it too. */
    public LogRecord line(int claim, String message) {
        int n = lines.merge(claim, 1, Integer::sum);
        LogRecord line =
                new LogRecord(id, number, logical, run, null, claim, n, claim, "w1", 1, 1, message, BEGAN + n, n, null);
        world.stored().add(line);
        if (published) {
            world.publish(line);
        }
        return line;
    }

    private TaskEvent.Subject next() {
        int seq = events.size() + 1;
        return new TaskEvent.Subject(id, number, logical, run, origin, seq, BEGAN + 10L * seq);
    }

    private Story happens(TaskEvent event) {
        events.add(event);
        world.stored().add(event);
        if (published) {
            world.publish(event);
        }
        return this;
    }
}
