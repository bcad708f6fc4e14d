package io.taskhub.local;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole of TaskHub on this machine: PostgreSQL, Kafka (inside this process) and the services as child processes.
 *
 * <p>Used by {@code ./taskhub up}, by the end-to-end tests and by the benchmark. Instance names are {@code task-service},
 * {@code task-service-2} and so on.
 */
public final class Suite implements AutoCloseable {
    private static final Duration START_TIME = Duration.ofMinutes(3);
    private static final int HOPELESS_DEATHS = 4;

    private final SuiteOptions options;
    private final DataDirectory data;
    private final Topology topology;
    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;
    private final DatabaseWatch databaseWatch;
    private final Readiness readiness = new Readiness();
    private final List<ServiceProcess> services = new ArrayList<>();
    private volatile boolean stopping;
    private volatile boolean kafkaRuns;

    private Suite(SuiteOptions options, DataDirectory data) {
        this.options = options;
        this.data = data;
        this.topology = Topology.plan(options);
        SuiteOptions.FixedPorts ports = topology.ports();
        this.postgres = new EmbeddedPostgres(
                new PostgresSettings(data.postgres(), ports.postgres(), data.secret("superuser"), true));
        this.databaseWatch = new DatabaseWatch(postgres, this::say);
        this.kafka = new EmbeddedKafka(data.kafka(), ports.kafka(), ports.controller());
    }

    /** Takes the data directory; nothing runs yet. */
    public static Suite prepare(SuiteOptions options) {
        DataDirectory data = DataDirectory.open(options.data());
        try {
            LeftOvers.end(data);
            if (options.fresh()) {
                data.clear();
            }
            data.claimVersion();
            return new Suite(options, data);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /** Prepares and starts; answers when everything is ready. */
    public static Suite start(SuiteOptions options) {
        Suite suite = prepare(options);
        try {
            if (!suite.start()) {
                throw new IllegalStateException("stopped while starting");
            }
            return suite;
        } catch (RuntimeException e) {
            suite.stop();
            throw e;
        }
    }

    /**
     * Starts everything and waits until all services are ready. The caller stops the suite when this fails.
     *
     * @return false when it was stopped meanwhile
     */
    public boolean start() {
        topology.checkPorts();
        say("starting PostgreSQL on port " + topology.ports().postgres());
        postgres.start();
        data.linkLog("postgres", data.postgres().resolve("postgres.log"));
        databaseWatch.start();
        createSchemas();
        if (stopping) {
            return false;
        }
        say("starting Kafka on port " + topology.ports().kafka());
        startKafka();
        List<ServiceProcess> made = processes();
        synchronized (services) {
            services.addAll(made);
        }
        for (ServiceProcess service : made) {
            synchronized (services) {
                if (stopping) {
                    return false;
                }
                say("starting " + service.instance().name() + " on port "
                        + service.instance().port());
                service.start();
            }
        }
        awaitReady();
        return !stopping;
    }

    /** Waits until every service answers that it is ready, for example after one was killed. */
    public void awaitReady() {
        for (ServiceProcess service : snapshot()) {
            boolean ready = readiness.await(
                    service.instance().url(), START_TIME, () -> stopping || service.deaths() >= HOPELESS_DEATHS);
            if (!ready && !stopping) {
                throw new SuiteRefusal("%s does not get ready; the end of %s:%n%s"
                        .formatted(service.instance().name(), service.log(), Commands.tail(service.log(), 20)));
            }
        }
    }

    /** Stops everything in reverse order. May be called at any time, from any thread, more than once. */
    public void stop() {
        synchronized (this) {
            if (stopping) {
                return;
            }
            stopping = true;
        }
        for (ServiceProcess service : snapshot().reversed()) {
            service.stop();
        }
        kafka.stop();
        databaseWatch.stop();
        postgres.stop();
        data.close();
    }

    @Override
    public void close() {
        stop();
    }

    /** Kills an instance as {@code kill -9} does; the suite starts it again. */
    public void kill(String name) {
        service(name).kill();
    }

    /** Stops an instance in order; it stays down until {@link #startService}. */
    public void stopService(String name) {
        service(name).stop();
    }

    public void startService(String name) {
        service(name).start();
    }

    /** Stops an instance in order and starts it again. */
    public void restart(String name) {
        service(name).stop();
        service(name).start();
    }

    /** Process id of an instance, {@code postgres}, {@code kafka} or {@code launcher}; -1 while it is down. */
    public long pid(String name) {
        return pids().getOrDefault(name, -1L);
    }

    /** Everything that runs: name and process id. Kafka runs inside the launcher. */
    public Map<String, Long> pids() {
        Map<String, Long> pids = new LinkedHashMap<>();
        long own = ProcessHandle.current().pid();
        pids.put("launcher", own);
        if (kafkaRuns) {
            pids.put("kafka", own);
        }
        if (postgres.pid() >= 0) {
            pids.put("postgres", postgres.pid());
        }
        for (ServiceProcess service : snapshot()) {
            if (service.pid() >= 0) {
                pids.put(service.instance().name(), service.pid());
            }
        }
        return pids;
    }

    /** Address of the gateway, without a slash at the end. */
    public String baseUrl() {
        return "http://127.0.0.1:" + topology.ports().gateway();
    }

    /** Address of the second WebSocket listener. */
    public String webSocketUrl() {
        return "ws://127.0.0.1:" + topology.ports().webSocket() + "/ws";
    }

    /** Address of one instance, past the gateway. */
    public String url(String name) {
        return service(name).instance().url();
    }

    /** One file per process. */
    public Path logs() {
        return data.logs();
    }

    public EmbeddedPostgres postgres() {
        return postgres;
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    /** For fault tests: the broker is gone until {@link #startKafka()}. */
    public void stopKafka() {
        kafka.stop();
        kafkaRuns = false;
        writePids();
    }

    public void startKafka() {
        kafka.start();
        kafkaRuns = true;
        kafka.createTopics(SharedInfrastructure.TOPICS, SharedInfrastructure.PARTITIONS);
        writePids();
    }

    private List<ServiceProcess> processes() {
        ServiceKeys keys = ServiceKeys.create(
                data.secrets().resolve("keys"),
                ServiceType.ALL.stream().map(ServiceType::name).toArray(String[]::new));
        ServiceEnvironment.Servers servers = new ServiceEnvironment.Servers(
                "127.0.0.1:" + topology.ports().kafka(),
                schema -> postgres.jdbcUrl(Databases.NAME, schema),
                data::secret,
                data.artifacts());
        ServiceEnvironment environment = new ServiceEnvironment(topology, keys, servers, options.environment());
        LaunchCommand command = new LaunchCommand(
                options.repository(), LaunchCommand.writeGuardJar(data.run().resolve("guard.jar")));
        return topology.instances().stream()
                .map(instance -> new ServiceProcess(
                        instance,
                        command.of(instance),
                        environment.of(instance),
                        data.log(instance.name()),
                        this::say,
                        this::writePids))
                .toList();
    }

    private void createSchemas() {
        Databases.create(postgres);
        try (Connection connection = postgres.connect(Databases.NAME)) {
            for (ServiceType type : ServiceType.ALL) {
                String schema = type.schema();
                if (schema != null) {
                    Databases.createSchema(connection, schema, data.secret(schema));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the schemas", e);
        }
    }

    private ServiceProcess service(String name) {
        return snapshot().stream()
                .filter(service -> service.instance().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no instance is named " + name));
    }

    private List<ServiceProcess> snapshot() {
        synchronized (services) {
            return List.copyOf(services);
        }
    }

    private synchronized void writePids() {
        data.writePids(pids());
    }

    private void say(String line) {
        options.screen().accept(line);
    }
}
