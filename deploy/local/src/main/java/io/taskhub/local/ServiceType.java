package io.taskhub.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service of the suite.
 *
 * @param name its module, and the prefix of its instances' names
 * @param port of the first instance; instance n listens 100·(n−1) higher
 * @param schema role and schema in the database, or null when it stores nothing
 */
public record ServiceType(String name, int port, @Nullable String schema) {
    static final ServiceType TASK = new ServiceType("task-service", 8081, "task");
    static final ServiceType WORKER = new ServiceType("worker-service", 8083, "worker");
    static final ServiceType REALTIME = new ServiceType("realtime-service", 8085, null);
    static final ServiceType GATEWAY = new ServiceType("api-gateway", 8080, "gateway");

    /** In the order of their start: who is called comes before who calls. */
    static final List<ServiceType> ALL = List.of(TASK, WORKER, REALTIME, GATEWAY);

    /** {@code task-service} for the first, {@code task-service-2} for the second. */
    String instance(int number) {
        return number == 1 ? name : name + "-" + number;
    }
}
