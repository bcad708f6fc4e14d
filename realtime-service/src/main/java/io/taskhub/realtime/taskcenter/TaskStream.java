package io.taskhub.realtime.taskcenter;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import io.taskhub.realtime.feed.Channels;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.history.History;
import io.taskhub.realtime.sse.Follower;
import io.taskhub.realtime.sse.Start;
import io.taskhub.realtime.sse.StreamId;
import io.taskhub.realtime.sse.StreamReader;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One open stream of one task. The task's story is told from its beginning, because what a status shows is folded from it; frames that
 * the reader has already are left out. One event loop only.
 */
final class TaskStream implements Follower.Audience, StreamReader.Stream {
    private static final int MAX_FAILURES = 12;

    /** How a reader is told. */
    private record Outlet(StreamReader<?> reader, Consumer<Frame> writer) {}

    private final StreamId known;
    private final Storyline story;
    private final Follower follower;
    private @Nullable Outlet outlet;

    /** @param known the last frame that the reader has */
    TaskStream(String task, StreamId known, Storyline story, Lane lane, Channels channels, History history) {
        this.known = known;
        this.story = story;
        this.follower = new Follower(lane, channels.events(), history, task, this);
    }

    /** Finds the task. Fails as {@link Follower#open} does. */
    Future<Follower.Opening> open() {
        return follower.open(new Start.After(StreamId.BEGINNING), false).onFailure(e -> left());
    }

    /** @param reader open, with this as its stream */
    void begin(Follower.Opening opening, StreamReader<?> reader, Consumer<Frame> writer) {
        if (reader.isGone()) {
            left();
        } else {
            outlet = new Outlet(reader, writer);
            follower.begin(opening);
        }
    }

    @Override
    public void event(Follower source, TaskEvent event, boolean stored) {
        story.next(event).forEach(this::tell);
    }

    private void tell(Frame frame) {
        if (outlet != null && frame.id().compareTo(known) > 0) {
            outlet.writer().accept(frame);
        }
    }

    @Override
    public void ended(Follower source, @Nullable TaskState end) {
        if (outlet != null) {
            story.end()
                    .or(() -> end == null ? Optional.of(deleted()) : Optional.empty())
                    .ifPresent(this::tell);
            outlet.reader().finish();
        }
    }

    private Frame deleted() {
        String now = Storyline.RFC_3339.format(Instant.now());
        return new Frame(follower.position(), new Shown.Failed("NOT_FOUND", "the task was deleted", "", now));
    }

    @Override
    public boolean hasRoom() {
        return outlet == null || outlet.reader().hasRoom();
    }

    @Override
    public void hasRoomAgain() {
        follower.pump();
    }

    @Override
    public void historyFailed(Throwable failure, int times) {
        if (times == MAX_FAILURES && outlet != null) {
            outlet.reader().giveUp();
        }
    }

    @Override
    public void left() {
        follower.leave();
    }
}
