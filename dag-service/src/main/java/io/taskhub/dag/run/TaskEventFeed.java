package io.taskhub.dag.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.quarkus.runtime.Startup;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.Topics;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the drivers what the engine says of their tasks. Every replica reads all partitions from their end on, without a group, and
 * passes over what belongs to runs of others by its headers. Nothing depends on a record being read: drivers see gaps, and look for
 * themselves after a silence and whenever this feed begins anew.
 */
@Startup
@Singleton
class TaskEventFeed {
    private static final Logger LOG = Logger.getLogger(TaskEventFeed.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final long PAUSE_AFTER_FAILURE_MS = 500;

    private final Drivers drivers;
    private final ObjectReader events;
    private final String bootstrapServers;
    private volatile boolean closed;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Thread thread;

    TaskEventFeed(
            Drivers drivers,
            ObjectMapper json,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.drivers = drivers;
        this.events = json.readerFor(TaskEvent.class);
        this.bootstrapServers = bootstrapServers;
    }

    @PostConstruct
    void start() {
        thread = Thread.ofPlatform().name("task-events").daemon().start(this::work);
    }

    private void work() {
        while (!closed) {
            try (KafkaConsumer<byte[], byte[]> kafka = new KafkaConsumer<>(settings())) {
                consumer = kafka;
                read(kafka);
                kafka.close(CloseOptions.timeout(CLOSE));
            } catch (WakeupException | InterruptException stopping) {
                // closed says whether that was meant
            } catch (RuntimeException e) {
                LOG.warnf("the engine's events are not read for now: %s", e);
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> kafka) {
        List<TopicPartition> partitions = kafka.partitionsFor(Topics.TASK_EVENTS, ASK).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("there is no topic " + Topics.TASK_EVENTS);
        }
        kafka.assign(partitions);
        kafka.endOffsets(partitions, ASK).forEach(kafka::seek);
        drivers.all().forEach(RunDriver::look);
        while (!closed) {
            for (ConsumerRecord<byte[], byte[]> item : kafka.poll(POLL)) {
                take(item);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> item) {
        String run = header(item, Topics.HEADER_RUN);
        if (run == null || !Origin.DAG.wire().equals(header(item, Topics.HEADER_ORIGIN)) || !drivers.carries(run)) {
            return;
        }
        try {
            drivers.said(run, events.readValue(item.value()));
        } catch (IOException e) {
            LOG.warnf(
                    "record %d of %s-%d cannot be read: %s",
                    item.offset(), item.topic(), item.partition(), e.getMessage());
        }
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> item, String name) {
        Header header = item.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "dag-service-feed");
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 2_000);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return settings;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        closed = true;
        KafkaConsumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        Thread running = thread;
        if (running != null) {
            running.join(Duration.ofSeconds(5));
        }
    }
}
