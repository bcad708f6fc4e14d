package io.taskhub.dag.api.taskhub;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taskhub.dag.api.JsonBody;
import io.taskhub.dag.api.NodesJson;
import io.taskhub.dag.query.NodeReader;
import io.taskhub.dag.query.StoredRun;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;

/** One run whole (additive): the fields of lists, how it was asked for, its nodes and their sum, as far as it has come. */
record RunDetails(StoredRun run, NodeReader nodes) implements StreamingOutput {

    @Override
    public void write(OutputStream out) throws IOException {
        try (JsonGenerator json = JsonBody.generator(out)) {
            json.writeStartObject();
            json.writeNumberField("code", 0);
            json.writeStringField("message", "ok");
            json.writeObjectFieldStart("data");
            writeItem(json, RunItem.of(run));
            writeConfig(json);
            NodesJson parts = new NodesJson(run, nodes);
            parts.writeNodes(json);
            parts.writeSummary(json);
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void writeItem(JsonGenerator json, RunItem item) throws IOException {
        json.writeStringField("run_id", item.run_id());
        json.writeStringField("name", item.name());
        json.writeStringField("source", item.source());
        json.writeNumberField("status", item.status());
        json.writeNumberField("start_ts_ms", item.start_ts_ms());
        json.writeNumberField("end_ts_ms", item.end_ts_ms());
        json.writeNumberField("total", item.total());
        json.writeNumberField("success_count", item.success_count());
        json.writeNumberField("failed_count", item.failed_count());
        json.writeNumberField("skipped_count", item.skipped_count());
        json.writeStringField("message", item.message());
    }

    private void writeConfig(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("config");
        json.writeStringField("fail_policy", run.failPolicy());
        json.writeNumberField("max_parallel", run.maxParallel());
        json.writeFieldName("params");
        json.writeRawValue(run.params());
        json.writeStringField("template_id", run.templateId());
        json.writeStringField("cron_job_id", run.cronJobId());
        json.writeStringField("created_by", run.createdBy());
        json.writeEndObject();
    }
}
