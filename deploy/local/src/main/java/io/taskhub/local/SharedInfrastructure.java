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

    /** Held here because java.util.logging forgets loggers that nobody holds: a broker prints hundreds of lines at every start. */
    private static final List<Logger> QUIET = Stream.of(
                    "kafka", "org.apache.kafka", "state.change.logger", "org.testcontainers")
            .map(Logger::getLogger)
            .toList();

    private static @Nullable TestServers servers;
    private static @Nullable ServiceKeys keys;
    private static @Nullable TestServices services;

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
        String own = arguments.getOrDefault("service", serviceOf(schema));
        settings.putAll(identity(own));
        if (own.equals(ServiceType.TASK.name())) {
            settings.put("taskhub.artifacts.dir", artifacts().toString());
        }
        String names = arguments.getOrDefault("services", "");
        if (!names.isBlank()) {
            settings.putAll(services(ServiceType.named(own), names));
        }
        return settings;
    }

    /** {@code service}: kill -9; it comes back by itself. */
    public static synchronized Map<String, String> killService(Map<String, String> arguments) {
        services().kill(ServiceType.named(arguments.getOrDefault("service", "")));
        return arguments;
    }

    public static synchronized Map<String, String> stopService(Map<String, String> arguments) {
        services().stop(ServiceType.named(arguments.getOrDefault("service", "")));
        return arguments;
    }

    /** Starts a service that was stopped, or waits for one that was killed; answers when it is ready. */
    public static synchronized Map<String, String> startService(Map<String, String> arguments) {
        services().start(List.of(ServiceType.named(arguments.getOrDefault("service", ""))));
        return arguments;
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
                "quarkus.datasource.jdbc.url", jdbcUrl(schema),
                "quarkus.datasource.username", schema,
                "quarkus.datasource.password", PASSWORD);
    }

    /** Starts these services; answers their addresses, for the settings of the module under test and for the test itself. */
    private static Map<String, String> services(ServiceType own, String names) {
        List<ServiceType> wanted = Stream.of(names.split(",", -1))
                .map(name -> ServiceType.named(name.trim()))
                .toList();
        for (ServiceType type : wanted) {
            String schema = type.schema();
            if (schema != null) {
                database(schema);
            }
        }
        TestServices running = services();
        running.start(wanted);
        Map<String, String> settings = new HashMap<>();
        for (ServiceType type : wanted) {
            settings.put("taskhub.test." + type.name() + ".url", running.url(type));
            if (own.peers().contains(type.name())) {
                settings.put(own.urlsSetting(type.name()), running.url(type));
            }
        }
        return settings;
    }

    private static TestServices services() {
        TestServices existing = services;
        if (existing != null) {
            return existing;
        }
        TestServers infrastructure = servers();
        TestServices fresh = TestServices.in(
                infrastructure.directory(),
                keys(),
                new ServiceEnvironment.Servers(
                        infrastructure.kafka(), SharedInfrastructure::jdbcUrl, secret -> PASSWORD, artifacts()));
        services = fresh;
        return fresh;
    }

    private static String jdbcUrl(String schema) {
        return servers().jdbcUrl(Databases.NAME) + "?currentSchema=" + schema;
    }

    private static Path artifacts() {
        return servers().directory().resolve("artifacts");
    }

    private static ServiceKeys keys() {
        ServiceKeys made = keys;
        if (made == null) {
            made = ServiceKeys.create(
                    servers().directory().resolve("keys"),
                    ServiceType.ALL.stream().map(ServiceType::name).toArray(String[]::new));
            keys = made;
        }
        return made;
    }

    private static Map<String, String> identity(String service) {
        ServiceKeys made = keys();
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
                                close(fresh);
                                Directories.delete(directory);
                            }));
            servers = fresh;
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(TestServers infrastructure) {
        TestServices running = services;
        if (running != null) {
            running.close();
        }
        infrastructure.close();
    }
}
