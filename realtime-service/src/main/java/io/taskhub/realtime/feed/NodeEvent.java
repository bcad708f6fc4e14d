package io.taskhub.realtime.feed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a DAG run or one of its nodes, as dag-service publishes it for clients.
 *
 * @param task_id the node's logical id; absent for an event of the whole run
 * @param extra passed through
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NodeEvent(
        String run_id,
        @Nullable String task_id,
        String event,
        long ts_ms,
        long seq,
        @Nullable JsonNode extra) {}
