package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A DAG run that another service wants: {@code POST /internal/runs} of dag-service, role {@code service}. It is started once per
 * {@code key}, however often it is ordered. Either {@code dag} or {@code template_id} says what runs.
 *
 * @param key {@code cron:<job>:<fire time>}
 * @param source who asks, as runs show it: {@code cron}
 * @param name of the run where the DAG itself has none
 * @param dag the body of {@code POST /api/dag/run}
 * @param params of the template
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunOrder(
        String key,
        String source,
        String name,
        @Nullable String cron_job_id,
        String created_by,
        @Nullable Map<String, Object> dag,
        @Nullable String template_id,
        @Nullable Map<String, Object> params) {

    /** Up to 100 orders, 8 MiB. */
    public record Batch(List<RunOrder> orders) {}

    /** In the orders' order. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Reply(List<Receipt> receipts) {}

    /**
     * What became of one order; {@code POST /internal/runs/check} answers the same and starts nothing.
     *
     * @param run_id the run started now or when it was ordered first
     * @param error why there is none: a bad graph, an unknown template, wrong parameters
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Receipt(
            String key, @Nullable String run_id, @Nullable String error) {}

    /** {@code POST /internal/runs/states}: up to 1,000 runs. */
    public record Query(List<String> runs) {}

    /** Running runs and ended ones; a run that is in neither list does not exist, or not any more. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record States(List<String> running, List<Ended> ended) {}

    /** {@code status}: success, failed or canceled. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Ended(String run_id, String status, long end_ts_ms) {}

    /** {@code POST /internal/runs/cancel}: up to 1,000 runs; those that have ended or are unknown are left alone. */
    public record Cancel(List<String> runs, String reason) {}
}
