package io.taskhub.realtime.feed;

import io.taskhub.contracts.Topics;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The next offset of each partition that the feed will judge. Moved before the records are judged, so that whoever enters a channel and
 * then reads the positions misses nothing between the two.
 */
@Singleton
public final class Positions {
    private final Map<String, Map<Integer, Long>> next = Map.of(
            Topics.TASK_EVENTS, new ConcurrentSkipListMap<>(),
            Topics.TASK_LOGS, new ConcurrentSkipListMap<>(),
            Topics.DAG_EVENTS, new ConcurrentSkipListMap<>());

    void set(TopicPartition partition, long offset) {
        of(partition.topic()).put(partition.partition(), offset);
    }

    @Nullable
    Long get(TopicPartition partition) {
        return of(partition.topic()).get(partition.partition());
    }

    /** For a history call on logs: {@code <partition>:<offset>,…}. */
    public String logs() {
        return of(Topics.TASK_LOGS).entrySet().stream()
                .map(e -> e.getKey() + ":" + e.getValue())
                .collect(Collectors.joining(","));
    }

    private Map<Integer, Long> of(String topic) {
        Map<Integer, Long> offsets = next.get(topic);
        if (offsets == null) {
            throw new IllegalArgumentException("not a topic of the feed: " + topic);
        }
        return offsets;
    }
}
