package io.taskhub.local;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A PostgreSQL and a Kafka for tests: each starts when first asked for, can be stopped, and comes back at the same address. */
sealed interface TestServers extends AutoCloseable permits EmbeddedServers, ContainerServers {
    /** {@code -Dtaskhub.test.infra=containers|embedded}; by default embedded where there is a PostgreSQL for this system. */
    static TestServers choose(Path directory) {
        String wanted = System.getProperty("taskhub.test.infra", "");
        return switch (wanted) {
            case "embedded" -> new EmbeddedServers(directory);
            case "containers" -> new ContainerServers(directory);
            case "" -> PostgresBinaries.available() ? new EmbeddedServers(directory) : new ContainerServers(directory);
            default ->
                throw new IllegalArgumentException(
                        "taskhub.test.infra is containers or embedded, not '" + wanted + "'");
        };
    }

    /** For files that live as long as the servers. */
    Path directory();

    /** Starts PostgreSQL when it is not running. */
    void postgres();

    void stopPostgres();

    String jdbcUrl(String database);

    /** As superuser. */
    Connection connect(String database) throws SQLException;

    /** Starts Kafka with its topics when it is not running, and answers its bootstrap servers. */
    String kafka();

    void stopKafka();

    @Override
    void close();
}
