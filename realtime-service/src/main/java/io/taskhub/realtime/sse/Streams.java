package io.taskhub.realtime.sse;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open streams, counted. */
@Singleton
public final class Streams {
    private final Set<StreamReader<?>> open = ConcurrentHashMap.newKeySet();
    private final Counter dropped;

    Streams(MeterRegistry metrics) {
        metrics.gaugeCollectionSize("taskhub.realtime.streams", Tags.empty(), open);
        dropped = metrics.counter("taskhub.realtime.dropped.readers", "kind", "stream");
    }

    void opened(StreamReader<?> stream) {
        open.add(stream);
    }

    void closed(StreamReader<?> stream) {
        open.remove(stream);
    }

    void dropped() {
        dropped.increment();
    }
}
