package io.taskhub.local;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A service of the suite.
 *
 * @param name its module, and the prefix of its instances' names
 * @param port of the first instance; instance n listens 100·(n−1) higher
 * @param schema role and schema in the database, or null when it stores nothing
 * @param peers the services that it calls
 */
public record ServiceType(String name, int port, @Nullable String schema, List<String> peers) {
    static final ServiceType TASK = new ServiceType("task-service", 8081, "task", List.of());
    static final ServiceType WORKER = new ServiceType("worker-service", 8083, "worker", List.of(TASK.name));
    static final ServiceType DAG = new ServiceType("dag-service", 8082, "dag", List.of(TASK.name));
    static final ServiceType CRON = new ServiceType("cron-service", 8084, "cron", List.of(TASK.name, DAG.name));
    static final ServiceType REALTIME = new ServiceType("realtime-service", 8085, null, List.of(TASK.name, DAG.name));
    static final ServiceType GATEWAY = new ServiceType(
            "api-gateway", 8080, "gateway", List.of(TASK.name, WORKER.name, DAG.name, CRON.name, REALTIME.name));

    /** In the order of their start: who is called comes before who calls. They stop in the reverse order. */
    static final List<ServiceType> ALL = List.of(TASK, WORKER, DAG, CRON, REALTIME, GATEWAY);

    /** @throws IllegalArgumentException when there is none of that name */
    static ServiceType named(String name) {
        return ALL.stream()
                .filter(type -> type.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no service '%s', only %s"
                        .formatted(name, ALL.stream().map(ServiceType::name).toList())));
    }

    /** {@code task-service} for the first, {@code task-service-2} for the second. */
    String instance(int number) {
        return number == 1 ? name : name + "-" + number;
    }

    /** What all settings of this service begin with: {@code taskhub.dag} for dag-service. */
    String prefix() {
        return name.equals("api-gateway") ? "taskhub.gateway" : "taskhub." + name.replace("-service", "");
    }

    /** The setting that tells this service a peer's addresses, as a comma list. */
    String urlsSetting(String peer) {
        return name.equals("api-gateway") ? prefix() + ".upstreams." + peer : prefix() + "." + peer + "-urls";
    }

    /** A setting as an environment variable. */
    static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
