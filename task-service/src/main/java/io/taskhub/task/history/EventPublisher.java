package io.taskhub.task.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Sends stored events to {@link Topics#TASK_EVENTS}, in order. A record that was handed to Kafka never expires: were a later
 * one of the same task to get through without it, consumers would drop it when it comes again. One thread only.
 */
@ApplicationScoped
class EventPublisher {
    private static final Map<EventKind, byte[]> KINDS = headers(EventKind.class, EventKind::wire);
    private static final Map<Origin, byte[]> ORIGINS = headers(Origin.class, Origin::wire);

    private final String bootstrapServers;
    private final Counter published;
    private final Counter parkedCount;
    private final List<Parked> parked = new ArrayList<>();
    private @Nullable KafkaException failure;
    private @Nullable Producer<String, byte[]> producer;

    /** An event as the history has it; {@code body} is its finished JSON. */
    record StoredEvent(
            String task,
            int seq,
            EventKind kind,
            Origin origin,
            @Nullable String runId,
            String body) {}

    /** An event that Kafka will never take. */
    record Parked(StoredEvent event, String reason) {}

    EventPublisher(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers, MeterRegistry metrics) {
        this.bootstrapServers = bootstrapServers;
        this.published = metrics.counter("taskhub.relay.published");
        this.parkedCount = metrics.counter("taskhub.relay.parked");
    }

    /** @throws KafkaException when Kafka takes nothing now: nothing after this event may be sent either */
    void send(StoredEvent event) {
        var record = new ProducerRecord<>(
                Topics.TASK_EVENTS, event.task(), event.body().getBytes(StandardCharsets.UTF_8));
        record.headers()
                .add(Topics.HEADER_KIND, KINDS.get(event.kind()))
                .add(Topics.HEADER_ORIGIN, ORIGINS.get(event.origin()));
        if (event.runId() != null) {
            record.headers().add(Topics.HEADER_RUN, event.runId().getBytes(StandardCharsets.UTF_8));
        }
        // The callback tells how it went; awaitAcknowledged asks for all of them at once.
        var unused = open().send(record, (metadata, error) -> {
            if (error != null) {
                refused(event, error);
            }
        });
        published.increment();
    }

    /** Waits until Kafka has everything; gives what it will never take. */
    List<Parked> awaitAcknowledged() {
        Producer<String, byte[]> current = producer;
        if (current == null) {
            return List.of();
        }
        current.flush();
        synchronized (parked) {
            KafkaException failed = failure;
            if (failed != null) {
                close();
                throw failed;
            }
            List<Parked> result = List.copyOf(parked);
            parked.clear();
            return result;
        }
    }

    private void refused(StoredEvent event, Exception error) {
        synchronized (parked) {
            if (error instanceof RecordTooLargeException) {
                parkedCount.increment();
                parked.add(new Parked(event, String.valueOf(error.getMessage())));
            } else {
                failure = error instanceof KafkaException kafka ? kafka : new KafkaException(error);
            }
        }
    }

    private Producer<String, byte[]> open() {
        Producer<String, byte[]> current = producer;
        if (current == null) {
            current = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            bootstrapServers,
                            ProducerConfig.CLIENT_ID_CONFIG,
                            "task-service-relay",
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            true,
                            ProducerConfig.LINGER_MS_CONFIG,
                            2,
                            ProducerConfig.BATCH_SIZE_CONFIG,
                            128 * 1024,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            10_000,
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            10_000,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            Integer.MAX_VALUE,
                            ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                            1_000),
                    new StringSerializer(),
                    new ByteArraySerializer());
            producer = current;
        }
        return current;
    }

    void close() {
        Producer<String, byte[]> current = producer;
        producer = null;
        failure = null;
        if (current != null) {
            current.close(Duration.ZERO);
        }
    }

    private static <E extends Enum<E>> Map<E, byte[]> headers(Class<E> type, Function<E, String> wire) {
        Map<E, byte[]> result = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            result.put(value, wire.apply(value).getBytes(StandardCharsets.UTF_8));
        }
        return result;
    }
}
