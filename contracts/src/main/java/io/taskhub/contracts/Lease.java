package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that one worker session may run, and the words that the two sides exchange about it over
 * {@code /internal/leases/**} of task-service. {@code claim} is the fence: +1 at every claim, never shown to clients.
 *
 * @param type the executor's name
 * @param payload a JSON object as text
 * @param timeout_ms 0 = none
 * @param max_attempts counted runs allowed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Lease(
        TaskId task,
        long number,
        String logical,
        @Nullable String run_id,
        @Nullable String cron_job_id,
        Origin origin,
        int claim,
        int attempt,
        int max_attempts,
        String queue,
        String type,
        String payload,
        long timeout_ms,
        @Nullable String traceparent) {

    /** Which run of which task. */
    public record Claim(TaskId task, int claim) {}

    /**
     * {@code POST /internal/leases/claim}: long poll for up to {@code max} tasks. With {@code max} 0 it only listens for
     * cancels.
     *
     * @param session made by the worker process at its start
     * @param worker the process's name, for people
     * @param request names this request; repeated with {@code repeated} true after a lost answer, the same batch comes back
     * @param queues empty = all
     * @param types what this process and its registered workers can run
     * @param labels what this process has
     * @param wait_ms 0 to 30,000
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ClaimRequest(
            UUID session,
            String worker,
            UUID request,
            boolean repeated,
            int max,
            List<String> queues,
            List<String> types,
            List<String> labels,
            long wait_ms) {}

    /** The answer, empty after the wait. {@code cancels} are claims of this session that are to be stopped. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Batch(List<Lease> leases, List<Claim> cancels) {}

    /** {@code POST /internal/leases/heartbeat}, every 5 s: every claim that the session runs or has not yet reported. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Heartbeat(UUID session, String worker, List<Claim> running) {}

    /** {@code lost}: no longer this session's, stop them and report nothing. {@code cancels}: stop and report. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record HeartbeatReply(List<Claim> lost, List<Claim> cancels) {}

    /** {@code POST /internal/leases/report}: progress and results, each fenced by its claim, in the order they happened. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ReportBatch(UUID session, List<Report> reports) {}

    /** Reports that were refused; every other one is applied, or was already. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ReportReply(List<Refusal> refused) {}

    /** {@code reason}: {@code stale_claim} (another claim or state holds the task) or {@code not_found}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Refusal(TaskId task, int claim, String reason) {}

    /** {@code POST /internal/leases/leave}: the session ends; what it still holds goes back without counting. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Leave(UUID session) {}
}
