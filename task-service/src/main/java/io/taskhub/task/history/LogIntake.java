package io.taskhub.task.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.Topics;
import io.taskhub.task.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings {@link Topics#TASK_LOGS} into the {@link LogStore}. Replicas share the partitions as one consumer group; where to go on
 * is told by the database, not by Kafka, so a line is stored exactly once whatever dies when.
 */
@ApplicationScoped
class LogIntake {
    private static final Logger LOG = Logger.getLogger(LogIntake.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long RETRY_MILLIS = 500;

    private final String bootstrapServers;
    private final LogStore store;
    private final ObjectReader reader;
    private final Counter unreadable;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stored = lock.newCondition();
    private long batches;
    private volatile boolean running = true;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Thread thread;

    LogIntake(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            LogStore store,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.bootstrapServers = bootstrapServers;
        this.store = store;
        this.reader = json.readerFor(LogRecord.class);
        this.unreadable = metrics.counter("taskhub.logs.unreadable");
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("log-intake").daemon().start(this::loop);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        Thread intake = thread;
        if (intake != null) {
            intake.join(TimeUnit.SECONDS.toMillis(3));
        }
    }

    /** Returns when this replica has stored another batch, or after the wait; another replica's batches do not wake it. */
    void awaitNextBatch(long millis) throws InterruptedException {
        lock.lock();
        try {
            long seen = batches;
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (batches == seen && nanos > 0) {
                nanos = stored.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        while (running) {
            try (KafkaConsumer<byte[], byte[]> open = open()) {
                consumer = open;
                open.subscribe(List.of(Topics.TASK_LOGS), new PositionFromDatabase(open));
                while (running) {
                    take(open.poll(POLL));
                }
            } catch (WakeupException e) {
                LOG.debug("log intake ends");
            } catch (KafkaException | DatabaseException e) {
                // The batch is not stored and its position not moved: it is read again from there.
                LOG.warnf("log intake waits: %s", e.getMessage());
                if (!rest()) {
                    return;
                }
            }
        }
    }

    private static boolean rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        if (records.isEmpty()) {
            return;
        }
        List<LogRecord> logs = new ArrayList<>(records.count());
        Map<Integer, Long> positions = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            positions.merge(record.partition(), record.offset() + 1, Math::max);
            try {
                logs.add(reader.readValue(record.value()));
            } catch (IOException e) {
                unreadable.increment();
            }
        }
        store.store(logs, positions);
        lock.lock();
        try {
            batches++;
            stored.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private KafkaConsumer<byte[], byte[]> open() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "task-service",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        2_000,
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                        10_000,
                        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        1_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** On assignment every partition goes on where the database says. */
    private final class PositionFromDatabase implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> assigned;

        PositionFromDatabase(KafkaConsumer<byte[], byte[]> assigned) {
            this.assigned = assigned;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // What was polled is stored before the next poll; nothing is pending here.
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<Integer, Long> positions = store.positions();
            Map<TopicPartition, Long> ends = assigned.endOffsets(partitions);
            Map<TopicPartition, Long> begins = assigned.beginningOffsets(partitions);
            for (TopicPartition partition : partitions) {
                long begin = begins.getOrDefault(partition, 0L);
                long next = positions.getOrDefault(partition.partition(), begin);
                if (next > ends.getOrDefault(partition, Long.MAX_VALUE)) {
                    LOG.warnf("%s ends before what is stored of it: reading it from its beginning", partition);
                    store.reset(partition.partition(), begin);
                    next = begin;
                }
                assigned.seek(partition, Math.max(next, begin));
            }
        }
    }
}
