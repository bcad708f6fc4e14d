package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a DAG run or to one of its nodes, on {@link Topics#DAG_EVENTS} under the run's id. Node events are ready-made for
 * clients (decisions §3): {@code dag_node_ready}, {@code dag_node_start}, {@code task_start}, {@code attempt_start},
 * {@code attempt_end}, {@code task_end}, {@code dag_node_end}, {@code dag_node_skipped}, {@code remote_dispatch},
 * {@code remote_failed}; a run has {@code dag_start} and {@code dag_end}.
 *
 * @param task_id the node's logical id; absent for an event of the run itself
 * @param seq counts from 1 per run without gaps; a consumer drops what is not above the last one it saw
 * @param extra what clients see beside it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DagEvent(
        String run_id, @Nullable String task_id, String event, long ts_ms, int seq, Map<String, Object> extra) {

    /**
     * {@code GET /internal/runs/{run_id}/events?task_id=&after_seq=0&limit=1000} of dag-service: ascending. 404 when there is no
     * such run. Without a run ({@code GET /internal/events?task_id=…}) it is the newest run's that has such a node.
     *
     * @param more whether events above the last one given exist
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Page(String run_id, List<DagEvent> events, boolean more) {}
}
