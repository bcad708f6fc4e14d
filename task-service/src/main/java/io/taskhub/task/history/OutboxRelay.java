package io.taskhub.task.history;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the event history to Kafka. Of all replicas one relays: the one whose connection holds the advisory lock and keeps
 * the position. A run publishes exactly what is visible now and was not in the last run's snapshot, sorted by task and
 * sequence; a write transaction that is held open delays its own events and no others. The position is saved after Kafka has
 * acknowledged, and not at every run: after a crash some events are published again, and consumers drop what is not above the
 * last sequence they saw.
 *
 * <p>Runs begin at most every 10 ms, because a run costs about the same for one event as for a hundred; after one that found only a few,
 * the next may follow 2 ms after it began: then somebody may be waiting for a single task, and a DAG's chain for one after the other.
 * Few enough that a stream of some thousand events a second is back at 10 ms, and stays there until it ebbs to some hundred. Where
 * nothing happens nothing runs.
 *
 * <p>When Kafka or the database is away the run fails, and the next one starts from the same position.
 */
@ApplicationScoped
public class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long QUICK_PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int FEW = 8;
    private static final long LONGEST_BACKOFF_MILLIS = 2_000;

    private final Database database;
    private final EventPublisher publisher;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean running = true;
    private volatile long caughtUpAt = System.nanoTime();
    private @Nullable RelayPosition position;
    private @Nullable Thread thread;

    OutboxRelay(Database database, EventPublisher publisher, MeterRegistry metrics) {
        this.database = database;
        this.publisher = publisher;
        metrics.gauge("taskhub.relay.lag.seconds", this, relay -> (System.nanoTime() - relay.caughtUpAt) / 1e9);
        metrics.gauge("taskhub.relay.leading", this, relay -> relay.position == null ? 0 : 1);
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::loop);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        signal();
        Thread relay = thread;
        if (relay != null) {
            relay.join(TimeUnit.SECONDS.toMillis(2));
        }
        publisher.close();
    }

    /** Events were committed. Cheap, from any thread; calls while a run is under way make one more run. */
    public void signal() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    @Scheduled(every = "1s")
    void tick() {
        signal();
    }

    private void loop() {
        int failures = 0;
        try {
            while (running) {
                work.acquire();
                work.drainPermits();
                long began = System.nanoTime();
                long pace = PACE_NANOS;
                try {
                    pace = runOnce() < FEW ? QUICK_PACE_NANOS : PACE_NANOS;
                    failures = 0;
                } catch (SQLException | KafkaException e) {
                    failures++;
                    standDown();
                    if (failures == 1) {
                        LOG.warnf("relay waits: %s", e.getMessage());
                    }
                    signal();
                }
                pause(failures, began + pace);
            }
            RelayPosition held = position;
            if (held != null) {
                held.save();
            }
        } catch (InterruptedException | SQLException e) {
            LOG.debugf("relay ends: %s", e.getMessage());
        } finally {
            standDown();
        }
    }

    /**
     * Publishes what became visible since the last run.
     *
     * @return how many events Kafka has acknowledged; 0 also when another replica relays
     */
    int runOnce() throws SQLException, InterruptedException {
        RelayPosition held = position;
        if (held == null) {
            held = RelayPosition.tryTake(database.open());
            if (held == null) {
                // Another replica relays, and its metrics tell how far it is.
                caughtUpAt = System.nanoTime();
                return 0;
            }
            position = held;
            LOG.info("this replica relays events");
        }
        int published = held.advance(publisher);
        caughtUpAt = System.nanoTime();
        if (published > 0) {
            held.saveNowAndThen();
        }
        return published;
    }

    private void standDown() {
        RelayPosition held = position;
        position = null;
        if (held != null) {
            held.close();
        }
    }

    private static void pause(int failures, long next) throws InterruptedException {
        long nanos = failures == 0
                ? next - System.nanoTime()
                : TimeUnit.MILLISECONDS.toNanos(Math.min(LONGEST_BACKOFF_MILLIS, 50L << Math.min(failures, 6)));
        if (nanos > 0) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }
}
