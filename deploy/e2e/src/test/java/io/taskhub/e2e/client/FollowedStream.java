package io.taskhub.e2e.client;

import io.taskhub.e2e.client.EventStream.Frame;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A task's progress followed as a browser's EventSource does: whenever the connection ends without {@code done}, it is opened
 * again with {@code Last-Event-ID}. Whatever happens in between, each entry must come once.
 */
public final class FollowedStream implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final V1Tasks tasks;
    private final String id;
    private final List<Frame> events = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private volatile @Nullable EventStream current;
    private final AtomicInteger connections = new AtomicInteger();

    private FollowedStream(V1Tasks tasks, String id) {
        this.tasks = tasks;
        this.id = id;
        Thread.ofVirtual().name("followed-" + id).start(this::follow);
    }

    public static FollowedStream of(V1Tasks tasks, String id) {
        return new FollowedStream(tasks, id);
    }

    /** The ids of all entries, in the order they came, without {@code done}. */
    public List<String> entryIds() {
        return events.stream()
                .filter(f -> !f.event().equals("done"))
                .map(f -> String.valueOf(f.id()))
                .toList();
    }

    public boolean isDone() {
        return events.stream().anyMatch(f -> f.event().equals("done"));
    }

    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        closed = true;
        EventStream open = current;
        if (open != null) {
            open.close();
        }
    }

    private void follow() {
        String last = null;
        while (!closed && !isDone()) {
            try (EventStream stream = last == null ? tasks.stream(id, "?start_id=0") : tasks.resume(id, last)) {
                current = stream;
                connections.incrementAndGet();
                if (stream.status() == 200) {
                    Waiting.await(Duration.ofMinutes(5)).until(stream::hasEnded);
                    events.addAll(stream.events());
                    last = stream.lastEventId().isEmpty() ? last : stream.lastEventId();
                }
            } catch (UncheckedIOException refused) {
                // the gateway is down: try again, as a browser does
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
