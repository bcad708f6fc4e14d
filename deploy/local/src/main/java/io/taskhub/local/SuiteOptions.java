package io.taskhub.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How to run the suite.
 *
 * @param repository where the built modules are
 * @param data where everything is kept between runs
 * @param fresh whether what is there is thrown away first
 * @param host address that the gateway listens on; all others listen on 127.0.0.1
 * @param ports of what clients and neighbours reach; 0 means any free one
 * @param freePorts whether the other services take any free port, instead of their usual ones
 * @param replicas instances per service name; absent means 1
 * @param environment added to every service's environment
 * @param screen told each step in one line
 */
public record SuiteOptions(
        Path repository,
        Path data,
        boolean fresh,
        String host,
        FixedPorts ports,
        boolean freePorts,
        Map<String, Integer> replicas,
        Map<String, String> environment,
        Consumer<String> screen) {

    /**
     * @param gateway HTTP
     * @param webSocket the second WebSocket listener
     * @param postgres database
     * @param kafka broker
     * @param controller Kafka's controller
     */
    public record FixedPorts(int gateway, int webSocket, int postgres, int kafka, int controller) {
        static final FixedPorts USUAL = new FixedPorts(8080, 8090, 15432, 19092, 19093);
        static final FixedPorts FREE = new FixedPorts(0, 0, 0, 0, 0);
    }

    public SuiteOptions {
        replicas = Map.copyOf(replicas);
        environment = Map.copyOf(environment);
        replicas.forEach((name, count) -> {
            ServiceType type = ServiceType.named(name);
            if (count < 1 || count > 9) {
                throw new IllegalArgumentException("replicas of %s: 1 to 9, not %d".formatted(type.name(), count));
            }
        });
    }

    /** The usual ports, one instance of each, silent. */
    public static SuiteOptions of(Path repository, Path data) {
        return new SuiteOptions(
                repository, data, false, "127.0.0.1", FixedPorts.USUAL, false, Map.of(), Map.of(), line -> {});
    }

    /** For tests: this repository, any free ports. */
    public static SuiteOptions forTests(Path data) {
        SuiteOptions usual = of(repositoryAbove(Path.of("")), data);
        return usual.withPorts(FixedPorts.FREE, true);
    }

    public SuiteOptions withPorts(FixedPorts fixed, boolean othersFree) {
        return new SuiteOptions(repository, data, fresh, host, fixed, othersFree, replicas, environment, screen);
    }

    public SuiteOptions withData(Path directory) {
        return new SuiteOptions(repository, directory, fresh, host, ports, freePorts, replicas, environment, screen);
    }

    public SuiteOptions withHost(String address) {
        return new SuiteOptions(repository, data, fresh, address, ports, freePorts, replicas, environment, screen);
    }

    public SuiteOptions withFresh(boolean throwAway) {
        return new SuiteOptions(repository, data, throwAway, host, ports, freePorts, replicas, environment, screen);
    }

    public SuiteOptions withReplicas(String service, int count) {
        Map<String, Integer> more = new HashMap<>(replicas);
        more.put(service, count);
        return new SuiteOptions(repository, data, fresh, host, ports, freePorts, more, environment, screen);
    }

    public SuiteOptions withEnvironment(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new SuiteOptions(repository, data, fresh, host, ports, freePorts, replicas, more, screen);
    }

    public SuiteOptions withScreen(Consumer<String> teller) {
        return new SuiteOptions(repository, data, fresh, host, ports, freePorts, replicas, environment, teller);
    }

    int replicasOf(ServiceType type) {
        return Objects.requireNonNullElse(replicas.get(type.name()), 1);
    }

    /** The nearest directory at or above this one that holds the services. */
    static Path repositoryAbove(Path start) {
        for (Path at = start.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("task-service/pom.xml"))) {
                return at;
            }
        }
        throw new IllegalStateException("not inside the TaskHub repository: " + start.toAbsolutePath());
    }
}
