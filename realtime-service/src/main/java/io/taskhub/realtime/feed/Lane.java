package io.taskhub.realtime.feed;

import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One event loop and its connections. Everything of a connection happens here, so nothing of it is locked. The feed leaves
 * deliveries; a pass makes all that are waiting and then flushes each touched connection once. The more connections a pass
 * touched, the longer the next one waits (at most {@value #LONGEST_PAUSE_MS} ms): a system call per connection and message would
 * cost a core at 1,000 subscribers and 100 messages a second. When more comes than can be delivered, a pass still ends after
 * {@value #LONGEST_PASS_MS} ms, so that what was written leaves and readers and clients are heard.
 */
public final class Lane {
    private static final int LONGEST_PAUSE_MS = 25;
    private static final int LONGEST_PASS_MS = 25;
    private static final int CONNECTIONS_PER_MS = 8;

    /** A connection, or another thing that the shared ticker visits. */
    public interface Ticking {
        void tick();
    }

    /** A connection whose writes wait for the end of the pass. */
    public interface Flushable {
        void flush();
    }

    private final ContextInternal context;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Set<Ticking> ticking = new LinkedHashSet<>();
    private final List<Flushable> touched = new ArrayList<>();
    private boolean inPass;
    private volatile long pauseUntil = System.nanoTime();

    Lane(ContextInternal context) {
        this.context = context;
    }

    /** Leaves a delivery. Any thread; in order per thread. */
    void post(Runnable delivery) {
        waiting.incrementAndGet();
        inbox.add(delivery);
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            long pause = pauseUntil - System.nanoTime();
            if (pause <= 0) {
                context.runOnContext(v -> pass());
            } else {
                var unused = context.nettyEventLoop()
                        .schedule(() -> context.runOnContext(v -> pass()), pause, TimeUnit.NANOSECONDS);
            }
        }
    }

    /** Deliveries not yet made. */
    int backlog() {
        return waiting.get();
    }

    /** Runs on this loop, between passes. Any thread. */
    public void run(Runnable task) {
        context.runOnContext(v -> task.run());
    }

    /** Runs on this loop after a while. On this loop. Returns a handle for {@link #cancelTimer}. */
    public long after(long delayMs, Runnable task) {
        return context.owner().setTimer(Math.max(1, delayMs), timer -> task.run());
    }

    public void cancelTimer(long handle) {
        context.owner().cancelTimer(handle);
    }

    /** On this loop. */
    public void visit(Ticking connection) {
        ticking.add(connection);
    }

    /** On this loop. */
    public void leave(Ticking connection) {
        ticking.remove(connection);
    }

    /** The connection has unflushed writes: flushed now, or together with others at the end of the pass. On this loop. */
    public void flushSoon(Flushable connection) {
        if (inPass) {
            touched.add(connection);
        } else {
            connection.flush();
        }
    }

    void tick() {
        List.copyOf(ticking).forEach(Ticking::tick);
    }

    private void pass() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_PASS_MS);
        inPass = true;
        try {
            Runnable delivery;
            while (System.nanoTime() - end < 0 && (delivery = inbox.poll()) != null) {
                waiting.decrementAndGet();
                delivery.run();
            }
        } finally {
            inPass = false;
            boolean behind = !inbox.isEmpty();
            int pauseMs = behind ? 0 : Math.min(LONGEST_PAUSE_MS, touched.size() / CONNECTIONS_PER_MS);
            List.copyOf(touched).forEach(Flushable::flush);
            touched.clear();
            pauseUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMs);
            scheduled.set(false);
            if (!inbox.isEmpty()) {
                schedule();
            }
        }
    }
}
