package io.taskhub.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** A real Kafka broker (KRaft, broker and controller in one) inside this process; can be stopped and started on the same port and log. */
public final class EmbeddedKafka implements AutoCloseable {
    private final Path directory;
    private final int port;
    private final int controllerPort;
    private @Nullable KafkaRaftServer server;

    /**
     * @param directory log directory, formatted at the first start
     * @param port of clients, on 127.0.0.1
     * @param controllerPort of the built-in controller, on 127.0.0.1
     */
    public EmbeddedKafka(Path directory, int port, int controllerPort) {
        this.directory = directory;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /** Starts the broker and waits until it takes requests. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        format();
        KafkaRaftServer fresh = new KafkaRaftServer(new KafkaConfig(configuration()), Time.SYSTEM);
        fresh.startup();
        server = fresh;
    }

    /** Stops the broker in order; clients see refused connections until the next start. */
    public synchronized void stop() {
        KafkaRaftServer running = server;
        if (running != null) {
            server = null;
            running.shutdown();
            running.awaitShutdown();
        }
    }

    @Override
    public void close() {
        stop();
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Creates the topics that are missing, with this many partitions each. */
    public void createTopics(Collection<String> names, int partitions) {
        createTopics(bootstrapServers(), names, partitions);
    }

    static void createTopics(String bootstrapServers, Collection<String> names, int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing = names.stream()
                    .filter(name -> !present.contains(name))
                    .map(name -> new NewTopic(name, partitions, (short) 1))
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create the Kafka topics", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating the Kafka topics", e);
        }
    }

    private void format() {
        if (Files.exists(directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        Directories.createPrivate(directory);
        Formatter formatter = new Formatter()
                .setPrintStream(new java.io.PrintStream(
                        java.io.OutputStream.nullOutputStream(), false, java.nio.charset.StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true);
        try {
            formatter.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot format the Kafka log directory", e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot format the Kafka log directory", e);
        }
    }

    /** One broker, nothing to replicate to; few threads and rare background ticks, so that idling costs little. */
    private Map<String, Object> configuration() {
        Map<String, Object> fixed = Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("inter.broker.listener.name", "CLIENT"),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "2"),
                Map.entry("background.threads", "2"),
                Map.entry("num.partitions", "3"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("log.segment.bytes", "67108864"),
                Map.entry("log.retention.hours", "24"),
                Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                Map.entry("metadata.max.idle.interval.ms", "5000"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"));
        Map<String, Object> single = List.of(
                        "default.replication.factor",
                        "min.insync.replicas",
                        "offsets.topic.replication.factor",
                        "transaction.state.log.replication.factor",
                        "transaction.state.log.min.isr",
                        "share.coordinator.state.topic.replication.factor",
                        "share.coordinator.state.topic.min.isr")
                .stream()
                .collect(Collectors.toMap(key -> key, key -> "1"));
        Map<String, Object> all = new java.util.HashMap<>(fixed);
        all.putAll(single);
        String client = "CLIENT://127.0.0.1:" + port;
        String controller = "127.0.0.1:" + controllerPort;
        all.put("listeners", client + ",CONTROLLER://" + controller);
        all.put("advertised.listeners", client);
        all.put("controller.quorum.voters", "1@" + controller);
        all.put("log.dirs", directory.toString());
        return all;
    }
}
