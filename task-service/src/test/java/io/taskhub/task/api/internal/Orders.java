package io.taskhub.task.api.internal;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOrder;
import java.util.List;

/** Orders as dag-service makes them. */
final class Orders {
    static final String RUN = "1760000000000_a1b2c3";

    private Orders() {}

    /** A node with the id {@code key}, which runs in a queue of its test's own. */
    static TaskOrder node(String key, String queue) {
        return make(key, TaskId.next(), "{}", queue);
    }

    static TaskOrder withPayload(String key, String payload) {
        return make(key, TaskId.next(), payload, "q");
    }

    static TaskOrder withTask(String key, TaskId task) {
        return make(key, task, "{}", "q");
    }

    private static TaskOrder make(String key, TaskId task, String payload, String queue) {
        return new TaskOrder(
                key,
                task,
                Origin.DAG,
                "step",
                "noop",
                payload,
                queue,
                0,
                List.of(),
                3,
                60_000,
                true,
                60_000,
                RUN,
                key,
                null,
                null,
                "ann");
    }
}
