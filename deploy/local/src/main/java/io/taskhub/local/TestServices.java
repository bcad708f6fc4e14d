package io.taskhub.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Packaged services as processes beside the module under test. Their addresses are chosen at once, so that one started later is found
 * by those that run. The database's schemas must be there before a service starts.
 */
final class TestServices implements AutoCloseable {
    private static final Duration START_TIME = Duration.ofMinutes(2);
    private static final int HOPELESS_DEATHS = 2;
    /** In the module's own directory: the next run overwrites it, a failed one leaves it to be read. */
    private static final Path LOGS = Path.of("target", "test-services").toAbsolutePath();

    private final Topology topology;
    private final ServiceEnvironment environment;
    private final LaunchCommand command;
    private final Readiness readiness = new Readiness();
    private final Map<ServiceType, ServiceProcess> processes = new LinkedHashMap<>();

    TestServices(LaunchCommand command, Topology topology, ServiceKeys keys, ServiceEnvironment.Servers servers) {
        this.command = command;
        this.topology = topology;
        this.environment = new ServiceEnvironment(topology, keys, servers, testClocks());
    }

    /** Of this repository, on free ports; nothing is started. */
    static TestServices in(Path directory, ServiceKeys keys, ServiceEnvironment.Servers servers) {
        SuiteOptions options = SuiteOptions.forTests(directory);
        Path guardJar = LaunchCommand.writeGuardJar(directory.resolve("guard.jar"));
        return new TestServices(
                new LaunchCommand(options.repository(), guardJar), Topology.plan(options), keys, servers);
    }

    /** Starts those that do not run yet, and waits until all of them are ready. */
    void start(List<ServiceType> wanted) {
        List<String> missing = wanted.stream()
                .filter(type -> !command.isBuilt(type))
                .map(ServiceType::name)
                .toList();
        if (!missing.isEmpty()) {
            throw new SuiteRefusal("%s not built: run mvn package -DskipTests -pl %s -am first"
                    .formatted(
                            String.join(", ", missing) + (missing.size() == 1 ? " is" : " are"),
                            wanted.stream().map(ServiceType::name).collect(Collectors.joining(","))));
        }
        for (Topology.Instance instance : topology.instances()) {
            if (wanted.contains(instance.type())) {
                processes
                        .computeIfAbsent(instance.type(), type -> process(instance))
                        .start();
            }
        }
        wanted.forEach(this::awaitReady);
    }

    String url(ServiceType type) {
        return topology.urls(type);
    }

    /** As {@code kill -9}; it is started again a second later by itself. */
    void kill(ServiceType type) {
        running(type).kill();
    }

    /** In order; it stays down until it is started. */
    void stop(ServiceType type) {
        running(type).stop();
    }

    @Override
    public void close() {
        new ArrayList<>(processes.values()).reversed().forEach(ServiceProcess::stop);
    }

    private ServiceProcess running(ServiceType type) {
        ServiceProcess process = processes.get(type);
        if (process == null) {
            throw new IllegalArgumentException(type.name() + " is not among the test's services");
        }
        return process;
    }

    private ServiceProcess process(Topology.Instance instance) {
        try {
            Path log = Files.createDirectories(LOGS).resolve(instance.name() + ".log");
            Files.deleteIfExists(log);
            return new ServiceProcess(
                    instance, command.of(instance), environment.of(instance), log, line -> {}, () -> {});
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + LOGS, e);
        }
    }

    private void awaitReady(ServiceType type) {
        ServiceProcess process = running(type);
        boolean ready =
                readiness.await(process.instance().url(), START_TIME, () -> process.deaths() >= HOPELESS_DEATHS);
        if (!ready) {
            throw new SuiteRefusal("%s does not get ready; the end of %s:%n%s"
                    .formatted(type.name(), process.log(), Commands.tail(process.log(), 20)));
        }
    }

    /** Tests move the clocks of all schemas. */
    private static Map<String, String> testClocks() {
        Map<String, String> settings = new HashMap<>();
        for (ServiceType type : List.of(ServiceType.TASK, ServiceType.DAG, ServiceType.CRON)) {
            settings.put(ServiceType.variable(type.prefix() + ".test-clock"), "true");
        }
        return settings;
    }
}
