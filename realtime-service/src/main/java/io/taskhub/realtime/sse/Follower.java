package io.taskhub.realtime.sse;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskHistory;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.realtime.feed.Channel;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.feed.Listener;
import io.taskhub.realtime.feed.Published;
import io.taskhub.realtime.history.History;
import io.taskhub.realtime.history.NoSuchTaskException;
import io.taskhub.realtime.join.Join;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows one task for a stream: enters the feed, reads history, joins the two, and tells the stream each event above its start exactly
 * once and, after the last, the end. One event loop only.
 */
public final class Follower implements Listener<TaskEvent> {
    static final int PAGE = 200;
    private static final long FIRST_RETRY_MS = 250;
    private static final long LAST_RETRY_MS = 4_000;

    /** What a stream hears. */
    public interface Audience {
        /** @param stored whether it was in the history when the stream opened */
        void event(Follower follower, TaskEvent event, boolean stored);

        /** @param end null when the task was deleted */
        void ended(Follower follower, @Nullable TaskState end);

        /** False while earlier events wait to be written: history is not read on until {@link Follower#pump()}. */
        boolean hasRoom();

        /** History could not be read {@code times} times in a row. */
        void historyFailed(Throwable failure, int times);
    }

    private final Lane lane;
    private final Channel<TaskEvent> events;
    private final History history;
    private final String spelling;
    private final Audience audience;
    private final Join<TaskEvent> join = Join.after(0, event -> event.subject().seq());
    private StreamId position = StreamId.BEGINNING;
    private @Nullable TaskId task;
    private @Nullable TaskState state;
    private int storedUpTo;
    private int failures;
    private boolean opened;
    private boolean left;

    public Follower(Lane lane, Channel<TaskEvent> events, History history, String spelling, Audience audience) {
        this.lane = lane;
        this.events = events;
        this.history = history;
        this.spelling = spelling;
        this.audience = audience;
        join.startsReading();
    }

    /** The task's id; only after {@link #open}. */
    public String task() {
        return String.valueOf(task);
    }

    /** The last event that the stream has, or its start. */
    public StreamId position() {
        return position;
    }

    /**
     * Finds the task and the place to begin. Nothing is told before {@link #begin}. Fails with {@link NoSuchTaskException} or when
     * history cannot be read.
     *
     * @param lastEntryOfEnded whether a start at the end of an ended task still includes its final entry
     */
    public Future<Opening> open(Start start, boolean lastEntryOfEnded) {
        TaskId.parse(spelling).ifPresent(this::enter);
        return switch (start) {
            case Start.After after -> resume(after.id());
            case Start.AtEnd _ -> end(lastEntryOfEnded);
        };
    }

    /** The first page of a stream and where in the task's history the stream begins. */
    public record Opening(TaskHistory page, StreamId start, int joinAfter) {}

    private Future<Opening> resume(StreamId start) {
        int before = Math.max(0, start.n() - 1);
        return read(before).compose(page -> {
            boolean ours = before == 0
                    || (!page.events().isEmpty()
                            && StreamId.of(page.events().getFirst()).equals(start));
            return ours
                    ? Future.succeededFuture(new Opening(page, start, before))
                    : read(0).map(all -> new Opening(all, start, 0));
        });
    }

    private Future<Opening> end(boolean lastEntryOfEnded) {
        return read(0).compose(this::lastPage).map(page -> {
            boolean back = lastEntryOfEnded && page.state().isFinal();
            int last = page.events().size() - (back ? 2 : 1);
            StreamId start =
                    last < 0 ? StreamId.BEGINNING : StreamId.of(page.events().get(last));
            return new Opening(page, start, 0);
        });
    }

    private Future<TaskHistory> lastPage(TaskHistory page) {
        return page.more() ? read(page.last_seq() - 2).compose(this::lastPage) : Future.succeededFuture(page);
    }

    /** Enters the feed before the page is read that the stream begins with: a number tells no id, so it is asked for twice. */
    private Future<TaskHistory> read(int afterSeq) {
        return history.task(spelling, Math.max(0, afterSeq), PAGE).compose(page -> {
            if (task != null) {
                return Future.succeededFuture(page);
            }
            enter(page.task());
            return read(afterSeq);
        });
    }

    private void enter(TaskId id) {
        if (!left) {
            task = id;
            events.enter(lane, Set.of(id.toString()), this);
        }
    }

    /** Starts to tell. */
    public void begin(Opening opening) {
        position = opening.start();
        storedUpTo = opening.page().last_seq();
        opened = true;
        join.restartAfter(opening.joinAfter());
        take(opening.page());
    }

    public void leave() {
        if (!left) {
            left = true;
            if (task != null) {
                events.leave(lane, Set.of(task.toString()), this);
            }
        }
    }

    @Override
    public void take(Published<TaskEvent> item) {
        tell(join.live(item.value()));
        pump();
    }

    @Override
    public void feedJumped() {
        join.recheck();
        pump();
    }

    /** Reads history on, if there is a reason and room. */
    public void pump() {
        if (opened && !left && audience.hasRoom() && join.startsReading()) {
            history.task(spelling, join.last(), PAGE).onComplete(this::take, this::failed);
        }
    }

    private void take(TaskHistory page) {
        if (left) {
            return;
        }
        failures = 0;
        state = page.state();
        tell(join.page(page.events(), page.more()));
        pump();
    }

    private void failed(Throwable failure) {
        if (left) {
            return;
        }
        if (failure instanceof NoSuchTaskException) {
            leave();
            audience.ended(this, null);
            return;
        }
        audience.historyFailed(failure, ++failures);
        lane.after(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS << Math.min(failures, 10)), () -> {
            join.readFailed();
            pump();
        });
    }

    private void tell(List<TaskEvent> given) {
        for (TaskEvent event : given) {
            if (left) {
                return;
            }
            follow(event);
            if (StreamId.of(event).compareTo(position) > 0) {
                position = StreamId.of(event);
                audience.event(this, event, event.subject().seq() <= storedUpTo);
            }
        }
        if (!left && opened && join.isSettled() && state != null && state.isFinal()) {
            leave();
            audience.ended(this, state);
        }
    }

    private void follow(TaskEvent event) {
        switch (event) {
            case TaskEvent.Finished finished -> state = finished.state();
            case TaskEvent.Restarted restarted -> state = restarted.state();
            case TaskEvent.Deleted _ -> {
                position = StreamId.of(event);
                leave();
                audience.ended(this, null);
            }
            case TaskEvent.Created _,
                    TaskEvent.Started _,
                    TaskEvent.Progressed _,
                    TaskEvent.CancelRequested _,
                    TaskEvent.Retrying _,
                    TaskEvent.Returned _,
                    TaskEvent.Unknown _ -> {}
        }
    }
}
