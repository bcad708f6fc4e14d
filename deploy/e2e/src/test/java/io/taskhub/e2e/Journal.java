package io.taskhub.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.contracts.Topics;
import io.taskhub.e2e.client.Json;
import io.taskhub.e2e.client.Waiting;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the whole topic of task events, as any consumer of the suite may: what is not above the last sequence number of its
 * task was seen before.
 */
final class Journal implements AutoCloseable {
    private final KafkaConsumer<String, String> consumer;
    /** Per task its events by sequence number. */
    private final Map<String, TreeMap<Integer, JsonNode>> events = new HashMap<>();

    private Journal(KafkaConsumer<String, String> consumer) {
        this.consumer = consumer;
        List<PartitionInfo> partitions = consumer.partitionsFor(Topics.TASK_EVENTS);
        List<TopicPartition> all = partitions.stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    static Journal of(Hub hub) {
        return new Journal(new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        hub.suite().kafka().bootstrapServers(),
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000),
                new StringDeserializer(),
                new StringDeserializer()));
    }

    /** Reads until each of the tasks has ended. */
    void awaitEnds(Collection<String> tasks, Duration atMost) {
        awaitEach("finished", tasks, atMost);
    }

    /** Reads until each of the tasks was started; their ids in the order of their first starts. */
    List<String> awaitStarts(Collection<String> some, Collection<String> others) {
        List<String> tasks = Stream.concat(some.stream(), others.stream()).toList();
        awaitEach("started", tasks, Duration.ofSeconds(60));
        Set<String> wanted = new HashSet<>(tasks);
        return events.entrySet().stream()
                .filter(e -> wanted.contains(e.getKey()))
                .map(e -> Map.entry(e.getKey(), first("started", e.getKey())))
                .sorted(Comparator.comparingLong(e -> e.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Reads what there is by now. */
    void read() {
        for (int quiet = 0; quiet < 5; ) {
            quiet = poll() == 0 ? quiet + 1 : 0;
        }
    }

    /** How many events of the kind the task has had. */
    long count(String kind, String task) {
        return of(task).filter(e -> kind(e).equals(kind)).count();
    }

    /** The state in which the task ended, as its one finished event says. */
    String endOf(String task) {
        return of(task).filter(e -> kind(e).equals("finished"))
                .map(e -> e.path("state").asText())
                .findFirst()
                .orElse("");
    }

    /** The task's sequence numbers, ascending. */
    List<Integer> sequence(String task) {
        return List.copyOf(events.getOrDefault(task, new TreeMap<>()).keySet());
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void awaitEach(String kind, Collection<String> tasks, Duration atMost) {
        Set<String> missing = new HashSet<>(tasks);
        Waiting.await(atMost)
                .alias(kind + " events of " + tasks.size() + " tasks")
                .pollInSameThread()
                .until(() -> {
                    poll();
                    missing.removeIf(task -> count(kind, task) > 0);
                    return missing.isEmpty();
                });
    }

    private int poll() {
        var records = consumer.poll(Duration.ofMillis(200));
        records.forEach(record -> {
            JsonNode event = Json.parse(record.value());
            events.computeIfAbsent(record.key(), key -> new TreeMap<>())
                    .putIfAbsent(event.path("seq").asInt(), event);
        });
        return records.count();
    }

    private long first(String kind, String task) {
        return of(task).filter(e -> kind(e).equals(kind))
                .mapToLong(e -> e.path("ts_ms").asLong())
                .min()
                .orElseThrow();
    }

    private Stream<JsonNode> of(String task) {
        return events.getOrDefault(task, new TreeMap<>()).values().stream();
    }

    private static String kind(JsonNode event) {
        return event.path("kind").asText();
    }
}
