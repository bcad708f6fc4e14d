package io.taskhub.bench.load;

import io.vertx.core.buffer.Buffer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bodies for {@code POST /api/dag/run_async}: workflows of nodes that do nothing. */
public final class Workflow {
    private Workflow() {}

    /** No node waits for another, and all may run at once. */
    public static Buffer wide(String queue, int nodes) {
        return body(queue, nodes, nodes, _ -> "");
    }

    /** Every node waits for the one before. */
    public static Buffer chain(String queue, int nodes) {
        return body(queue, nodes, 1, n -> n == 0 ? "" : ",\"deps\":[\"n" + (n - 1) + "\"]");
    }

    private static Buffer body(String queue, int nodes, int parallel, IntFunction<String> deps) {
        String tasks = IntStream.range(0, nodes)
                .mapToObj(n -> "{\"id\":\"n" + n + "\",\"exec_type\":\"Local\",\"exec_command\":\"noop\",\"queue\":\""
                        + queue + "\"" + deps.apply(n) + "}")
                .collect(Collectors.joining(","));
        return Buffer.buffer("{\"name\":\"" + queue + "\",\"config\":{\"max_parallel\":" + parallel + "},\"tasks\":["
                + tasks + "]}");
    }
}
