package io.taskhub.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one PostgreSQL and the one Kafka of a test JVM. {@link TestInfrastructure} reaches the public methods by reflection, across class
 * loaders, which is why they all take and answer plain maps.
 */
public final class SharedInfrastructure {
    static final List<String> TOPICS = List.of("task.events", "task.logs", "dag.events");
    static final int PARTITIONS = 3;
    private static final String PASSWORD = "test";
    private static final String[] SERVICES = {
        "api-gateway", "task-service", "worker-service", "realtime-service", "dag-service", "cron-service"
    };

    /** Held here because java.util.logging forgets loggers that nobody holds: a broker prints hundreds of lines at every start. */
    private static final List<Logger> QUIET = Stream.of(
                    "kafka", "org.apache.kafka", "state.change.logger", "org.testcontainers")
            .map(Logger::getLogger)
            .toList();

    private static @Nullable TestServers servers;
    private static @Nullable ServiceKeys keys;

    private SharedInfrastructure() {}

    /** Starts what the arguments want and is not running; answers the settings of a service. */
    public static synchronized Map<String, String> start(Map<String, String> arguments) {
        Map<String, String> settings = new HashMap<>();
        String schema = arguments.get("schema");
        if (schema != null) {
            settings.putAll(database(schema));
        }
        if (!"false".equals(arguments.get("kafka"))) {
            settings.put("kafka.bootstrap.servers", servers().kafka());
        }
        settings.putAll(identity(arguments.getOrDefault("service", serviceOf(schema))));
        return settings;
    }

    public static synchronized Map<String, String> stopPostgres(Map<String, String> ignored) {
        servers().stopPostgres();
        return ignored;
    }

    public static synchronized Map<String, String> startPostgres(Map<String, String> ignored) {
        servers().postgres();
        return ignored;
    }

    public static synchronized Map<String, String> stopKafka(Map<String, String> ignored) {
        servers().stopKafka();
        return ignored;
    }

    public static synchronized Map<String, String> startKafka(Map<String, String> ignored) {
        servers().kafka();
        return ignored;
    }

    private static Map<String, String> database(String schema) {
        TestServers running = servers();
        running.postgres();
        try {
            try (Connection connection = running.connect("postgres")) {
                Databases.create(connection);
            }
            try (Connection connection = running.connect(Databases.NAME)) {
                Databases.createSchema(connection, schema, PASSWORD);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create schema " + schema, e);
        }
        return Map.of(
                "quarkus.datasource.jdbc.url", running.jdbcUrl(Databases.NAME) + "?currentSchema=" + schema,
                "quarkus.datasource.username", schema,
                "quarkus.datasource.password", PASSWORD);
    }

    private static Map<String, String> identity(String service) {
        ServiceKeys made = keys;
        if (made == null) {
            made = ServiceKeys.create(servers().directory().resolve("keys"), SERVICES);
            keys = made;
        }
        return Map.of(
                "taskhub.identity.service-key-file", made.privateKey(service).toString(),
                "taskhub.identity.service-jwks-file", made.jwks().toString(),
                // Nobody listens there: tests sign their users' tokens with a service key or serve their own JWKS.
                "taskhub.identity.jwks-url", "http://127.0.0.1:1/.well-known/jwks.json");
    }

    private static String serviceOf(@Nullable String schema) {
        if (schema == null) {
            return "realtime-service";
        }
        return schema.equals("gateway") ? "api-gateway" : schema + "-service";
    }

    private static TestServers servers() {
        TestServers existing = servers;
        if (existing != null) {
            return existing;
        }
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        try {
            Path directory = Files.createTempDirectory("taskhub-test");
            TestServers fresh = TestServers.choose(directory);
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform().name("test-infrastructure-stop").unstarted(() -> {
                                fresh.close();
                                Directories.delete(directory);
                            }));
            servers = fresh;
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
