package io.taskhub.dag.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Startup;
import io.taskhub.contracts.DagEvent;
import io.taskhub.contracts.Topics;
import io.taskhub.dag.sql.Columns;
import io.taskhub.dag.sql.Database;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what is stored of this replica's runs to {@link Topics#DAG_EVENTS}, each run in order. How far it got is noted now and then:
 * what was sent and not noted is sent again by whoever carries the run next, and readers drop what is not above the last they saw.
 */
@Startup
@Singleton
class EventRelay {
    private static final Logger LOG = Logger.getLogger(EventRelay.class);
    private static final int RUNS_AT_ONCE = 500;
    private static final int EVENTS_AT_ONCE = 5_000;
    private static final long PAUSE_AFTER_FAILURE_MS = 1_000;

    /** Rounds begin at most so often where there is much to do: one of many events costs little more than one of few. */
    private static final long PACE_MS = 10;

    private static final long NOTED_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private static final String READ = """
            SELECT e.run_id, e.seq, e.task_id, e.event, e.ts_ms, e.extra
            FROM unnest(?::text[], ?::int[]) AS s (id, seq) JOIN run r ON r.id = s.id AND r.owner = ?
                JOIN run_event e ON e.run_id = r.id AND e.seq > greatest(s.seq, r.published)
            ORDER BY e.run_id, e.seq LIMIT ?
            """;

    private static final String NOTE = """
            UPDATE run r SET published = p.seq, open = r.status = 0 OR r.seq > p.seq
            FROM unnest(?::text[], ?::int[]) AS p (id, seq) WHERE r.id = p.id AND r.published < p.seq AND r.owner = ?
            """;

    private final Database database;
    private final Ownership ownership;
    private final ObjectMapper json;
    private final String bootstrapServers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Set<String> waiting = new LinkedHashSet<>();

    /** What was sent and is not noted yet. */
    private final Map<String, Integer> sent = new LinkedHashMap<>();

    private long noted = System.nanoTime();
    private @Nullable Producer<String, byte[]> producer;
    private volatile boolean closed;
    private @Nullable Thread thread;

    EventRelay(
            Database database,
            Ownership ownership,
            ObjectMapper json,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.database = database;
        this.ownership = ownership;
        this.json = json;
        this.bootstrapServers = bootstrapServers;
    }

    @PostConstruct
    void start() {
        thread = Thread.ofPlatform().name("dag-events").daemon().start(this::work);
    }

    /** A run of this replica has events that are not sent yet. */
    void committed(String run) {
        lock.lock();
        try {
            if (waiting.add(run)) {
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            while (!closed) {
                publish(take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(producer);
        }
    }

    private void publish(Set<String> runs) throws InterruptedException {
        try {
            runOnce(runs);
            TimeUnit.MILLISECONDS.sleep(PACE_MS);
        } catch (RuntimeException e) {
            LOG.warnf("events of %d runs wait: %s", runs.size(), e);
            close(producer);
            producer = null;
            runs.forEach(this::committed);
            TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE_MS);
        }
    }

    /** Waits until there is something to send or to note; nothing when it is only to note, or when the service stops. */
    private Set<String> take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                if (sent.isEmpty()) {
                    arrived.await();
                } else if (arrived.awaitNanos(noted + NOTED_EVERY_NANOS - System.nanoTime()) <= 0) {
                    break;
                }
            }
            Set<String> taken = new LinkedHashSet<>();
            for (Iterator<String> runs = waiting.iterator(); runs.hasNext() && taken.size() < RUNS_AT_ONCE; ) {
                taken.add(runs.next());
                runs.remove();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void runOnce(Set<String> runs) {
        List<DagEvent> events = runs.isEmpty() ? List.of() : read(runs);
        send(events);
        events.forEach(event -> sent.put(event.run_id(), event.seq()));
        if (closed || System.nanoTime() - noted >= NOTED_EVERY_NANOS) {
            note();
        }
        if (events.size() == EVENTS_AT_ONCE) {
            runs.forEach(this::committed);
        }
    }

    private void send(List<DagEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Producer<String, byte[]> kafka = open();
        for (DagEvent event : events) {
            var unused = kafka.send(message(event), (metadata, error) -> {
                if (error != null) {
                    failure.set(error);
                }
            });
        }
        kafka.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new KafkaException("Kafka does not take the events of runs", failed);
        }
    }

    private List<DagEvent> read(Set<String> runs) {
        return database.read(connection -> {
            List<DagEvent> events = new ArrayList<>();
            try (Columns query = new Columns(connection, READ)) {
                query.array("text", runs.toArray())
                        .column("int4", List.copyOf(runs), run -> sent.getOrDefault(run, 0))
                        .set(ownership.number())
                        .set(EVENTS_AT_ONCE);
                try (ResultSet row = query.statement().executeQuery()) {
                    while (row.next()) {
                        events.add(new DagEvent(
                                row.getString(1),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5),
                                row.getInt(2),
                                extra(row.getString(6))));
                    }
                }
            }
            return events;
        });
    }

    private void note() {
        if (sent.isEmpty()) {
            return;
        }
        database.write(connection -> {
            try (Columns update = new Columns(connection, NOTE)) {
                update.array("text", sent.keySet().toArray())
                        .array("int4", sent.values().toArray())
                        .set(ownership.number());
                return update.statement().executeUpdate();
            }
        });
        sent.clear();
        noted = System.nanoTime();
    }

    private ProducerRecord<String, byte[]> message(DagEvent event) {
        try {
            var message = new ProducerRecord<>(Topics.DAG_EVENTS, event.run_id(), json.writeValueAsBytes(event));
            message.headers()
                    .add(Topics.HEADER_KIND, event.event().getBytes(StandardCharsets.UTF_8))
                    .add(Topics.HEADER_RUN, event.run_id().getBytes(StandardCharsets.UTF_8));
            return message;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event must be writable", e);
        }
    }

    private Map<String, Object> extra(String text) {
        try {
            return json.readValue(text, OBJECT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored event must be readable", e);
        }
    }

    private Producer<String, byte[]> open() {
        Producer<String, byte[]> current = producer;
        if (current == null) {
            Map<String, Object> settings = new HashMap<>();
            settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
            settings.put(ProducerConfig.CLIENT_ID_CONFIG, "dag-service-relay");
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
            settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
            current = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
            producer = current;
        }
        return current;
    }

    private static void close(@Nullable Producer<String, byte[]> producer) {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        Thread running = thread;
        if (running != null) {
            running.join(Duration.ofSeconds(5));
        }
    }
}
