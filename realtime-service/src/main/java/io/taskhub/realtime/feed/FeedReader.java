package io.taskhub.realtime.feed;

import io.taskhub.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer behind the feed: all partitions of the three topics, no group. A partition that was never read is begun at its end when
 * the feed starts, and at its beginning when it appears later. Not thread-safe but for {@link #wakeup()}.
 */
final class FeedReader implements AutoCloseable {
    private static final Set<String> TOPICS = Set.of(Topics.TASK_EVENTS, Topics.TASK_LOGS, Topics.DAG_EVENTS);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration ASK = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Positions positions;
    private final Set<TopicPartition> assigned = new HashSet<>();

    FeedReader(Map<String, Object> kafka, Positions positions) {
        this.positions = positions;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 2_000);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        this.consumer = new KafkaConsumer<>(settings);
    }

    /**
     * Takes partitions that are not yet read.
     *
     * @param fromStart whether those never read before begin at their first record rather than after their last
     * @return whether every topic exists
     */
    boolean takePartitions(boolean fromStart) {
        Map<String, List<PartitionInfo>> topics = consumer.listTopics(ASK);
        List<TopicPartition> found = topics.entrySet().stream()
                .filter(topic -> TOPICS.contains(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .filter(partition -> !assigned.contains(partition))
                .toList();
        if (!found.isEmpty()) {
            Set<TopicPartition> all = new HashSet<>(assigned);
            all.addAll(found);
            consumer.assign(all);
            begin(found, fromStart);
            assigned.addAll(found);
        }
        return topics.keySet().containsAll(TOPICS);
    }

    private void begin(List<TopicPartition> partitions, boolean fromStart) {
        List<TopicPartition> unread = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Long known = positions.get(partition);
            if (known == null) {
                unread.add(partition);
            } else {
                consumer.seek(partition, known);
            }
        }
        if (unread.isEmpty()) {
            return;
        }
        var offsets = fromStart ? consumer.beginningOffsets(unread, ASK) : consumer.endOffsets(unread, ASK);
        offsets.forEach(this::moveTo);
    }

    private void moveTo(TopicPartition partition, long offset) {
        consumer.seek(partition, offset);
        positions.set(partition, offset);
    }

    /** The next records; the positions are already behind them. */
    Iterable<ConsumerRecord<byte[], byte[]>> poll() {
        var records = consumer.poll(POLL);
        records.nextOffsets().forEach((partition, next) -> positions.set(partition, next.offset()));
        return records;
    }

    /** Jumps to the end where the wanted records are gone from the topic. */
    void jump(InvalidOffsetException gone) {
        consumer.endOffsets(gone.partitions(), ASK).forEach(this::moveTo);
    }

    /** Records that are in the topics and not yet read, as far as the last answers told. */
    long lag() {
        Collection<TopicPartition> partitions = assigned;
        return partitions.stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    /** Ends a {@link #poll()} under way by a WakeupException. Any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE));
    }
}
