package io.taskhub.dag.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taskhub.dag.NodeStatus;
import io.taskhub.dag.query.NodeReader;
import io.taskhub.dag.query.StoredNode;
import io.taskhub.dag.query.StoredRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * {@code nodes} and {@code summary} of a run, written as they are read, a page at a time: no connection is held while a slow client
 * takes them, and ten thousand nodes are never in memory together.
 */
public final class NodesJson {
    private static final int REPLY_OUTPUT = 16 << 20;
    private static final int LEAST_OUTPUT = 4 << 10;
    private static final int MOST_OUTPUT = 1 << 20;
    private static final int PAGE_OUTPUT = 4 << 20;
    private static final int PAGE = 500;

    private final StoredRun run;
    private final NodeReader nodes;
    private final Map<NodeStatus, List<String>> ids = new EnumMap<>(NodeStatus.class);

    public NodesJson(StoredRun run, NodeReader nodes) {
        this.run = run;
        this.nodes = nodes;
    }

    /** How much of each output is shown, in characters, where {@code nodes} are shown together. */
    public static int outputChars(int nodes) {
        return Math.clamp(REPLY_OUTPUT / Math.max(1, nodes), LEAST_OUTPUT, MOST_OUTPUT);
    }

    /** {@code nodes}, into an object that is open. */
    public void writeNodes(JsonGenerator json) throws IOException {
        int chars = outputChars(run.counts().total());
        int size = Math.clamp(PAGE_OUTPUT / chars, 1, PAGE);
        json.writeArrayFieldStart("nodes");
        List<StoredNode> page;
        int last = -1;
        do {
            page = nodes.page(run.id(), last, size, chars);
            for (StoredNode node : page) {
                ids.computeIfAbsent(node.status(), status -> new ArrayList<>()).add(node.logicalId());
                write(json, node);
                last = node.index();
            }
        } while (page.size() == size);
        json.writeEndArray();
    }

    /** {@code summary}: of the nodes that were written before. */
    public void writeSummary(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("summary");
        json.writeNumberField("total", run.counts().total());
        write(json, "success", NodeStatus.SUCCESS);
        write(json, "failed", NodeStatus.FAILED, NodeStatus.TIMEOUT);
        write(json, "skipped", NodeStatus.SKIPPED);
        write(json, "canceled", NodeStatus.CANCELED);
        json.writeEndObject();
    }

    private void write(JsonGenerator json, StoredNode node) throws IOException {
        StoredNode.Result result = node.result();
        json.writeStartObject();
        json.writeStringField("id", node.logicalId());
        json.writeStringField("run_id", run.id());
        json.writeObjectFieldStart("result");
        json.writeNumberField("status", node.status().code());
        json.writeStringField("message", result.message());
        json.writeNumberField("exit_code", result.exitCode());
        json.writeNumberField("duration_ms", result.durationMs());
        json.writeStringField("stdout", result.stdout());
        json.writeStringField("stderr", result.stderr());
        json.writeNumberField("attempt", result.attempt());
        json.writeNumberField("max_attempts", result.maxAttempts());
        json.writeFieldName("metadata");
        json.writeRawValue(result.metadata());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void write(JsonGenerator json, String field, NodeStatus... statuses) throws IOException {
        json.writeArrayFieldStart(field);
        for (NodeStatus status : statuses) {
            for (String id : ids.getOrDefault(status, List.of())) {
                json.writeString(id);
            }
        }
        json.writeEndArray();
    }
}
