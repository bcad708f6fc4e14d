package io.taskhub.worker.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one producer of {@code task.logs} in this process. Its buffer is bounded: while it is full, writers of logs wait, and
 * with them the processes whose output they carry.
 */
@Singleton
public final class LogPublisher implements LogSender {
    private static final Logger LOG = Logger.getLogger(LogPublisher.class);
    private static final int LINGER_MS = 5;
    private static final int DELIVERY_MS = 120_000;
    private static final int REQUEST_MS = 15_000;
    private static final long BUFFER_BYTES = 16L << 20;
    private static final int BATCH_BYTES = 64 << 10;
    private static final int LARGEST_BYTES = 2 << 20;

    private final String brokers;
    private final ObjectWriter writer;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong flushedNanos = new AtomicLong(System.nanoTime());
    private final AtomicBoolean flushing = new AtomicBoolean();
    private @Nullable Producer<String, byte[]> producer;

    @Inject
    public LogPublisher(
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "127.0.0.1:9092") String brokers,
            ObjectMapper json) {
        this.brokers = brokers;
        this.writer = json.writerFor(LogRecord.class);
    }

    /** The log of one claim. Costs nothing until something is written. */
    public TaskLog open(Lease lease, String worker) {
        return new TaskLog(lease, worker, this);
    }

    /** Records that were given up. */
    public long lost() {
        return lost.get();
    }

    /** The callback says it all: the future is not needed. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void send(LogRecord record, Origin origin, Runnable settled) {
        try {
            ProducerRecord<String, byte[]> message =
                    new ProducerRecord<>(Topics.TASK_LOGS, record.task().toString(), writer.writeValueAsBytes(record));
            message.headers().add(Topics.HEADER_ORIGIN, origin.wire().getBytes(StandardCharsets.UTF_8));
            String run = record.run_id();
            if (run != null) {
                message.headers().add(Topics.HEADER_RUN, run.getBytes(StandardCharsets.UTF_8));
            }
            producer().send(message, (metadata, failure) -> settled(failure, settled));
        } catch (JsonProcessingException | RuntimeException e) {
            settled(e, settled);
        }
    }

    /** One flush at a time, and no more of them than the linger would end: where many tasks end, their records still travel together. */
    @Override
    public void hurry() {
        long now = System.nanoTime();
        if (now - flushedNanos.get() >= TimeUnit.MILLISECONDS.toNanos(LINGER_MS)
                && flushing.compareAndSet(false, true)) {
            flushedNanos.set(now);
            Thread.startVirtualThread(this::flush);
        }
    }

    private void flush() {
        try {
            producer().flush();
        } finally {
            flushing.set(false);
        }
    }

    private void settled(@Nullable Exception failure, Runnable settled) {
        if (failure != null && lost.getAndIncrement() % 1_000 == 0) {
            LOG.errorf("a log record is lost (%d so far): %s", lost.get(), failure.getMessage());
        }
        settled.run();
    }

    private synchronized Producer<String, byte[]> producer() {
        Producer<String, byte[]> ready = producer;
        if (ready == null) {
            ready = new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer());
            producer = ready;
        }
        return ready;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "worker-logs");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_BYTES);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) DELIVERY_MS);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000L);
        return settings;
    }

    @PreDestroy
    public synchronized void close() {
        Producer<String, byte[]> open = producer;
        if (open != null) {
            open.close(Duration.ofSeconds(3));
        }
    }
}
