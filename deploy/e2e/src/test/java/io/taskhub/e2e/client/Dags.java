package io.taskhub.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** DAG runs, as the DAG editor uses them. */
public record Dags(TaskHubClient client) {
    /** {@code dag/runs[].status}. */
    public static final int RUNNING = 0;

    public static final int SUCCESS = 1;
    public static final int FAILED = 2;
    public static final int CANCELED = 3;

    /** {@code result.status} of a node. */
    public static final class Node {
        public static final int SUCCESS = 2;
        public static final int FAILED = 3;
        public static final int SKIPPED = 4;
        public static final int CANCELED = 5;
        public static final int TIMEOUT = 6;

        private Node() {}
    }

    /** Runs it to its end. */
    public Reply run(Dag dag) {
        return client.post("/api/dag/run", dag.body()).expect(200);
    }

    /** Starts it; its run id. */
    public String start(Dag dag) {
        return client.post("/api/dag/run_async", dag.body()).expect(200).text("/data/run_id");
    }

    /** Its row of {@code /api/dag/runs}. */
    public JsonNode get(String run) {
        List<JsonNode> rows = items("/api/dag/runs?run_id=" + run);
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " runs are " + run);
        }
        return rows.getFirst();
    }

    public JsonNode awaitEnd(String run) {
        return awaitEnd(run, Duration.ofSeconds(30));
    }

    public JsonNode awaitEnd(String run, Duration atMost) {
        Waiting.await(atMost)
                .alias("end of run " + run)
                .until(() -> get(run).path("status").asInt() != RUNNING);
        return get(run);
    }

    /** A node's row of {@code /api/dag/task_runs}; missing when the run has no such node. */
    public JsonNode node(String run, String id) {
        return items("/api/dag/task_runs?limit=1000&run_id=" + run).stream()
                .filter(row -> row.path("logical_id").asText().equals(id))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** Stored events, oldest first. */
    public List<JsonNode> events(String run, String query) {
        return items("/api/dag/events?limit=1000&run_id=" + run + query).reversed();
    }

    /** The names of a node's events in their order. */
    public List<String> story(String run, String node) {
        return events(run, "&task_id=" + node).stream()
                .map(event -> event.path("event").asText())
                .toList();
    }

    public List<JsonNode> items(String path) {
        JsonNode items = client.get(path).expect(200).at("/data/items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    /** A node's result in the answer of a run. */
    public static JsonNode result(Reply answer, String node) {
        for (JsonNode item : answer.at("/nodes")) {
            if (item.path("id").asText().equals(node)) {
                return item.path("result");
            }
        }
        throw new AssertionError("no node " + node + " in " + answer);
    }

    /** A list of ids of the answer's summary. */
    public static List<String> summary(Reply answer, String part) {
        return StreamSupport.stream(answer.at("/summary/" + part).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
