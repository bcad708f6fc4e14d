package io.taskhub.task.api.health;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What the service stands on: its database and the broker. */
@Singleton
public class Backends {
    private static final int PATIENCE_MILLIS = 900;

    private final DataSource database;
    private final String bootstrapServers;
    private final Probe postgres = new Probe("postgres", this::databaseAnswers);
    private final Probe kafka = new Probe("kafka", this::brokerAnswers);
    private @Nullable Admin admin;

    Backends(DataSource database, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.database = database;
        this.bootstrapServers = bootstrapServers;
    }

    /** The first look makes the broker's client, which takes its time: it must not be a client of ours who waits for that. */
    void look(@Observes StartupEvent started) {
        Thread.startVirtualThread(kafka::healthy);
    }

    boolean postgresHealthy() {
        return postgres.healthy();
    }

    boolean kafkaHealthy() {
        return kafka.healthy();
    }

    @PreDestroy
    void close() {
        if (admin != null) {
            admin.close(Duration.ofMillis(PATIENCE_MILLIS));
        }
    }

    private boolean databaseAnswers() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(1);
        }
    }

    /** Only the kafka probe calls it, one call at a time. */
    private boolean brokerAnswers() throws ExecutionException, InterruptedException, TimeoutException {
        Admin client = admin;
        if (client == null) {
            client = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                    AdminClientConfig.CLIENT_ID_CONFIG, "task-service-health",
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS));
            admin = client;
        }
        try {
            return !client.describeCluster()
                    .nodes()
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException silent) {
                throw (TimeoutException) new TimeoutException(silent.getMessage()).initCause(silent);
            }
            throw e;
        }
    }
}
