package io.taskhub.realtime.socket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.feed.Lanes;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The authenticated sessions of this instance. */
@Singleton
public final class Sessions {
    private final Lanes lanes;
    private final Map<Lane, Set<Session>> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger count;
    private final Counter dropped;

    Sessions(Lanes lanes, MeterRegistry metrics) {
        this.lanes = lanes;
        this.count = metrics.gauge("taskhub.realtime.sessions", new AtomicInteger());
        this.dropped = metrics.counter("taskhub.realtime.dropped.readers", "kind", "socket");
    }

    /** How many there are. Any thread. */
    public int count() {
        return count.get();
    }

    /** Sends these messages, in order, to every session. Any thread. */
    public void broadcast(List<String> messages) {
        lanes.each(lane -> List.copyOf(sessions.getOrDefault(lane, Set.of()))
                .forEach(session -> messages.forEach(session::broadcast)));
    }

    void entered(Lane lane, Session session) {
        sessions.computeIfAbsent(lane, l -> new LinkedHashSet<>()).add(session);
        count.incrementAndGet();
    }

    void left(Lane lane, Session session) {
        if (sessions.getOrDefault(lane, Set.of()).remove(session)) {
            count.decrementAndGet();
        }
    }

    void dropped() {
        dropped.increment();
    }
}
