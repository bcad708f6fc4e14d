package io.taskhub.realtime.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the live feed on a thread of its own as long as the service runs. While Kafka is away it waits; afterwards it continues
 * where it was. When the broker no longer has the records it would continue with, it jumps to the end and tells every listener.
 */
@Singleton
public final class Feed {
    private static final Logger LOG = Logger.getLogger(Feed.class);
    private static final long LOOK_FOR_PARTITIONS_NS = 30_000_000_000L;
    private static final long RETRY_NS = 1_000_000_000L;
    private static final long BREATH_NS = 1_000_000L;
    private static final int MAX_BACKLOG = 20_000;
    private static final long STOP_MS = 5_000;

    private final Map<String, Object> kafka;
    private final Positions positions;
    private final Dispatcher dispatcher;
    private final Channels channels;
    private final Lanes lanes;
    private final AtomicLong lag;
    private final Thread thread = new Thread(this::run, "feed");
    private volatile boolean stopped;
    private volatile boolean positioned;
    private volatile @Nullable FeedReader current;

    Feed(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Positions positions,
            Dispatcher dispatcher,
            Channels channels,
            Lanes lanes,
            MeterRegistry metrics) {
        this.kafka = kafka;
        this.positions = positions;
        this.dispatcher = dispatcher;
        this.channels = channels;
        this.lanes = lanes;
        this.lag = metrics.gauge("taskhub.realtime.feed.lag", new AtomicLong());
    }

    /** Whether everything published from now on will be delivered. Once true it stays so. */
    public boolean isPositioned() {
        return positioned;
    }

    void start(@Observes StartupEvent event) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        FeedReader reader = current;
        if (reader != null) {
            reader.wakeup();
        }
        thread.join(STOP_MS);
    }

    private void run() {
        while (!stopped) {
            try (FeedReader reader = new FeedReader(kafka, positions)) {
                current = reader;
                read(reader);
            } catch (WakeupException e) {
                LOG.debug("woken up to stop");
            } catch (KafkaException e) {
                LOG.warnf("the feed starts again after %s", e.toString());
                LockSupport.parkNanos(RETRY_NS);
            } finally {
                current = null;
            }
        }
    }

    private void read(FeedReader reader) {
        while (!stopped && !reader.takePartitions(positioned)) {
            LockSupport.parkNanos(RETRY_NS);
        }
        positioned = true;
        long looked = System.nanoTime();
        while (!stopped) {
            readOnce(reader);
            if (System.nanoTime() - looked > LOOK_FOR_PARTITIONS_NS) {
                lookForPartitions(reader);
                looked = System.nanoTime();
            }
        }
    }

    private static void lookForPartitions(FeedReader reader) {
        try {
            reader.takePartitions(true);
        } catch (TimeoutException e) {
            LOG.debug("Kafka is away: new partitions are looked for later", e);
        }
    }

    private void readOnce(FeedReader reader) {
        try {
            reader.poll().forEach(dispatcher::dispatch);
            lag.set(reader.lag());
        } catch (InvalidOffsetException e) {
            LOG.warnf("records are gone from %s: everybody reads history again", e.partitions());
            reader.jump(e);
            lanes.each(channels::tellJump);
        }
        while (lanes.backlog() > MAX_BACKLOG && !stopped) {
            LockSupport.parkNanos(BREATH_NS);
        }
    }
}
