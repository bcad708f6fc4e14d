package io.taskhub.realtime;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.DagEvent;
import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.Topics;
import io.taskhub.contracts.identity.ServiceToken;
import io.taskhub.realtime.feed.Feed;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Everything around the service: the store, the topics, and who may call. */
@Singleton
public class World {
    private static final AtomicLong NUMBERS = new AtomicLong(1_000);

    private final StoredTasks stored;
    private final StoredRuns runs;
    private final ObjectMapper json;
    private final ServiceToken tokens;
    private final Feed feed;
    private final RealtimeServiceConfig config;
    private final KafkaProducer<String, byte[]> producer;

    World(
            StoredTasks stored,
            StoredRuns runs,
            ObjectMapper json,
            ServiceToken tokens,
            Feed feed,
            RealtimeServiceConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.stored = stored;
        this.runs = runs;
        this.json = json;
        this.tokens = tokens;
        this.feed = feed;
        this.config = config;
        this.producer = new KafkaProducer<>(
                // while Kafka is away it keeps what it knows of the topics, so that a send waits in its buffer and not
                // in the test
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "linger.ms",
                        0,
                        "reconnect.backoff.max.ms",
                        500,
                        "metadata.recovery.strategy",
                        "none"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    public void awaitFeed() {
        await().atMost(Duration.ofSeconds(30)).until(feed::isPositioned);
    }

    /** Where the service listens. */
    public URI base() {
        return config.taskServiceUrls().getLast();
    }

    public StoredTasks stored() {
        return stored;
    }

    public StoredRuns runs() {
        return runs;
    }

    public String token(String... roles) {
        return tokens.mint("alice", Set.of(roles), Duration.ofMinutes(5));
    }

    public String token(Duration ttl) {
        return tokens.mint("alice", Set.of("viewer"), ttl);
    }

    /** A task of its own that nothing has happened to. */
    public Story task(Origin origin) {
        long number = NUMBERS.incrementAndGet();
        return new Story(this, number, Long.toString(number), null, origin);
    }

    /** A node of a DAG. */
    public Story node(String logical, String run) {
        return new Story(this, NUMBERS.incrementAndGet(), logical, run, Origin.DAG);
    }

    /** As the relay does. */
    public void publish(TaskEvent event) {
        TaskEvent.Subject subject = event.subject();
        var item = new ProducerRecord<>(Topics.TASK_EVENTS, subject.task().toString(), bytes(event, TaskEvent.class));
        header(item, Topics.HEADER_ORIGIN, subject.origin().wire());
        header(item, Topics.HEADER_KIND, kind(event));
        header(item, Topics.HEADER_RUN, subject.run_id());
        send(item);
    }

    /** As a worker does. */
    public void publish(LogRecord line) {
        var item = new ProducerRecord<>(Topics.TASK_LOGS, line.task().toString(), bytes(line, LogRecord.class));
        header(item, Topics.HEADER_RUN, line.run_id());
        send(item);
    }

    /** As dag-service does: stored first. */
    public void publish(DagEvent event) {
        runs.add(event);
        publishOnly(event);
    }

    /** Of a run that dag-service does not know any more. */
    public void publishOnly(DagEvent event) {
        var item = new ProducerRecord<>(Topics.DAG_EVENTS, event.run_id(), bytes(event, DagEvent.class));
        header(item, Topics.HEADER_KIND, event.event());
        header(item, Topics.HEADER_RUN, event.run_id());
        send(item);
    }

    private void send(ProducerRecord<String, byte[]> item) {
        var unused = producer.send(item);
    }

    private String kind(TaskEvent event) {
        return json.valueToTree(event).path("kind").asText();
    }

    private byte[] bytes(Object value, Class<?> type) {
        try {
            return json.writerFor(type).writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void header(ProducerRecord<String, byte[]> item, String name, @Nullable String value) {
        if (value != null) {
            item.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    @PreDestroy
    void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
