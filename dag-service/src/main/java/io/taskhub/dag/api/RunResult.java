package io.taskhub.dag.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taskhub.dag.RunStatus;
import io.taskhub.dag.query.NodeReader;
import io.taskhub.dag.query.StoredRun;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;

/** An ended run as {@code POST /api/dag/run} and {@code POST /template/run} answer it (taskhub.md, "DAG run"). */
public final class RunResult implements StreamingOutput {
    private final StoredRun run;
    private final NodeReader nodes;

    public RunResult(StoredRun run, NodeReader nodes) {
        this.run = run;
        this.nodes = nodes;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try (JsonGenerator json = JsonBody.generator(out)) {
            json.writeStartObject();
            json.writeBooleanField("ok", true);
            json.writeStringField("message", message(run.status()));
            NodesJson parts = new NodesJson(run, nodes);
            parts.writeNodes(json);
            json.writeStringField("run_id", run.id());
            parts.writeSummary(json);
            json.writeEndObject();
        }
    }

    private static String message(RunStatus status) {
        return switch (status) {
            case RUNNING, SUCCESS -> "";
            case FAILED -> "dag failed";
            case CANCELED -> "dag canceled";
        };
    }
}
