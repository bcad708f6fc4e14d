package io.taskhub.local;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.PostgreSQLContainer;
import org.testcontainers.kafka.KafkaContainer;

/** Test servers in containers, on host ports that stay the same over a stop and start. */
final class ContainerServers implements TestServers {
    private final Path directory;
    private final List<Integer> ports = Ports.free(2);
    private final PostgreSQLContainer<?> postgres = new PostgreSQLContainer<>("postgres:18")
            .withUsername("postgres")
            .withPassword("superuser")
            .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
    private final KafkaContainer kafka = new KafkaContainer("apache/kafka:4.1.1")
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");

    ContainerServers(Path directory) {
        this.directory = directory;
        postgres.setPortBindings(List.of(ports.get(0) + ":5432"));
        kafka.setPortBindings(List.of(ports.get(1) + ":9092"));
    }

    @Override
    public Path directory() {
        return directory;
    }

    /** A stopped container keeps its data: it is paused in the engine's own way, not removed. */
    @Override
    public void postgres() {
        if (postgres.getContainerId() == null) {
            postgres.start();
        } else {
            engineStart(postgres.getContainerId());
        }
    }

    @Override
    public void stopPostgres() {
        engineStop(postgres.getContainerId());
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(postgres.getHost(), ports.get(0), database);
    }

    @Override
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), "postgres", "superuser");
    }

    @Override
    public String kafka() {
        if (kafka.getContainerId() == null) {
            kafka.start();
            EmbeddedKafka.createTopics(
                    kafka.getBootstrapServers(), SharedInfrastructure.TOPICS, SharedInfrastructure.PARTITIONS);
        } else {
            engineStart(kafka.getContainerId());
        }
        return kafka.getBootstrapServers();
    }

    @Override
    public void stopKafka() {
        engineStop(kafka.getContainerId());
    }

    @Override
    public void close() {
        kafka.stop();
        postgres.stop();
    }

    private static void engineStop(String container) {
        DockerClientFactory.instance().client().stopContainerCmd(container).exec();
    }

    private static void engineStart(String container) {
        var client = DockerClientFactory.instance().client();
        if (!Boolean.TRUE.equals(
                client.inspectContainerCmd(container).exec().getState().getRunning())) {
            client.startContainerCmd(container).exec();
        }
    }
}
