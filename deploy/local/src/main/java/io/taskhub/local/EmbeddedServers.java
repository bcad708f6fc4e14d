package io.taskhub.local;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Test servers without a container engine. */
final class EmbeddedServers implements TestServers {
    private final Path directory;
    private final List<Integer> ports = Ports.free(3);
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable EmbeddedKafka kafka;
    private boolean postgresRuns;

    EmbeddedServers(Path directory) {
        this.directory = directory;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void postgres() {
        if (!postgresRuns) {
            database().start();
            postgresRuns = true;
        }
    }

    @Override
    public void stopPostgres() {
        database().stop();
        postgresRuns = false;
    }

    @Override
    public String jdbcUrl(String name) {
        return database().jdbcUrl(name, null);
    }

    @Override
    public Connection connect(String name) throws SQLException {
        return database().connect(name);
    }

    @Override
    public String kafka() {
        EmbeddedKafka broker = kafka;
        if (broker == null) {
            broker = new EmbeddedKafka(directory.resolve("kafka"), ports.get(1), ports.get(2));
            broker.start();
            broker.createTopics(SharedInfrastructure.TOPICS, SharedInfrastructure.PARTITIONS);
            kafka = broker;
        } else {
            broker.start();
        }
        return broker.bootstrapServers();
    }

    @Override
    public void stopKafka() {
        if (kafka != null) {
            kafka.stop();
        }
    }

    @Override
    public void close() {
        stopKafka();
        if (postgresRuns) {
            stopPostgres();
        }
    }

    private EmbeddedPostgres database() {
        EmbeddedPostgres known = postgres;
        if (known == null) {
            known = new EmbeddedPostgres(
                    new PostgresSettings(directory.resolve("postgres"), ports.get(0), "superuser", false));
            postgres = known;
        }
        return known;
    }
}
