package io.taskhub.realtime.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.taskhub.contracts.DagEvent;
import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.Topics;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Decides by key and headers whether a record is wanted, decodes it once if so, and leaves it with the lanes. Feed thread only. */
@Singleton
final class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final Channels channels;
    private final Lanes lanes;
    private final TaskChanges changes;
    private final ObjectReader events;
    private final ObjectReader logs;
    private final ObjectReader nodes;
    private final Counter unreadable;

    Dispatcher(Channels channels, Lanes lanes, TaskChanges changes, ObjectMapper json, MeterRegistry metrics) {
        this.channels = channels;
        this.lanes = lanes;
        this.changes = changes;
        this.events = json.readerFor(TaskEvent.class);
        this.logs = json.readerFor(LogRecord.class);
        this.nodes = json.readerFor(DagEvent.class);
        this.unreadable = metrics.counter("taskhub.realtime.unreadable");
    }

    void dispatch(ConsumerRecord<byte[], byte[]> item) {
        if (item.key() == null || item.value() == null) {
            return;
        }
        try {
            switch (item.topic()) {
                case Topics.TASK_EVENTS -> event(item);
                case Topics.TASK_LOGS -> log(item);
                case Topics.DAG_EVENTS -> node(item);
                default -> throw new IOException("unknown topic");
            }
        } catch (IOException | RuntimeException e) {
            unreadable.increment();
            LOG.warnf(e, "record %d of %s-%d cannot be read", item.offset(), item.topic(), item.partition());
        }
    }

    private void event(ConsumerRecord<byte[], byte[]> item) throws IOException {
        String task = text(item.key());
        String origin = header(item, Topics.HEADER_ORIGIN);
        if (changes.isWanted() && Origin.TASKHUB.wire().equals(origin)) {
            String kind = header(item, Topics.HEADER_KIND);
            changes.changed(task, kind == null ? "" : kind);
        }
        // names are only for TaskHub's events, and those of a DAG's task come from dag-service
        boolean byName = channels.events().wantsNames() && !Origin.DAG.wire().equals(origin);
        if (byName || channels.events().wants(task) || channels.events().wants(Channel.ALL)) {
            TaskEvent event = events.readValue(item.value());
            String number = Long.toString(event.subject().number());
            publish(channels.events(), wanted(channels.events(), task, number, Channel.ALL), event);
        }
    }

    private void log(ConsumerRecord<byte[], byte[]> item) throws IOException {
        String task = text(item.key());
        if (channels.logs().wantsNames() || channels.logs().wants(task)) {
            LogRecord line = logs.readValue(item.value());
            publish(channels.logs(), wanted(channels.logs(), task, line.logical(), Long.toString(line.number())), line);
        }
    }

    private void node(ConsumerRecord<byte[], byte[]> item) throws IOException {
        if (channels.nodes().wantsNames()) {
            DagEvent node = nodes.readValue(item.value());
            if (node.task_id() != null) {
                publish(channels.nodes(), wanted(channels.nodes(), node.task_id()), node);
            }
        }
    }

    private <T> void publish(Channel<T> channel, Set<String> keys, T value) {
        if (!keys.isEmpty()) {
            Published<T> item = new Published<>(value);
            lanes.post(lane -> channel.deliver(lane, keys, item));
        }
    }

    private static Set<String> wanted(Channel<?> channel, String... keys) {
        Set<String> wanted = new LinkedHashSet<>();
        for (String key : keys) {
            if (channel.wants(key)) {
                wanted.add(key);
            }
        }
        return wanted;
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> item, String name) {
        Header header = item.headers().lastHeader(name);
        return header == null ? null : text(header.value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
