package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task that another service wants from the engine: {@code POST /internal/tasks} of task-service, role {@code service}. It is
 * created once per {@code key}, however often it is ordered; the key is kept for 30 days, also when the task is gone by then.
 * TaskHub's rules apply (decisions §3): a timeout is terminal.
 *
 * @param key {@code dag:<run>:<node>}, {@code cron:<job>:<fire time>}; of its caller's own making
 * @param task the id that the task gets, a UUIDv7
 * @param type what {@link TaskConfig#type()} says
 * @param payload a JSON object as text
 * @param priority −1 to 2
 * @param labels what the worker process must have
 * @param max_attempts counted runs, at least 1
 * @param retry_delay_ms before the second run, doubling with {@code retry_exp_backoff}
 * @param timeout_ms 0 = none
 * @param run_id the DAG run it is part of
 * @param logical_id its node's id there
 * @param parent the task that it is a part of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TaskOrder(
        String key,
        TaskId task,
        Origin origin,
        String name,
        String type,
        String payload,
        String queue,
        int priority,
        List<String> labels,
        int max_attempts,
        long retry_delay_ms,
        boolean retry_exp_backoff,
        long timeout_ms,
        @Nullable String run_id,
        @Nullable String logical_id,
        @Nullable String cron_job_id,
        @Nullable TaskId parent,
        String created_by) {

    /** Who orders and on whose behalf. */
    public record Source(
            Origin origin,
            @Nullable String run_id,
            @Nullable String logical_id,
            @Nullable String cron_job_id,
            String created_by) {}

    /** Up to 1,000 orders, 8 MiB. */
    public record Batch(List<TaskOrder> orders) {}

    /** In the orders' order. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Reply(List<Receipt> receipts) {}

    /**
     * What became of one order.
     *
     * @param task who has the key: the task made now or when it was ordered first
     * @param error why there is none and never will be under this key; null when there is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Receipt(
            String key, @Nullable TaskId task, @Nullable String error) {}

    /** {@code POST /internal/tasks/cancel}: up to 1,000 tasks; those that have ended or are unknown are left alone. */
    public record Cancel(List<TaskId> tasks, String reason) {}

    /**
     * The order for a task as TaskHub describes it.
     *
     * @throws IllegalArgumentException when it can never run, see {@link TaskConfig#payload()}
     */
    public static TaskOrder of(String key, TaskId task, TaskConfig config, Source source) {
        // A remote task's labels choose among the registered workers; any process may make the call.
        boolean remote = config.exec_type() == ExecType.REMOTE;
        return new TaskOrder(
                key,
                task,
                source.origin(),
                config.name().isBlank() ? config.id() : config.name(),
                config.type(),
                JsonText.of(config.payload()),
                config.queue(),
                config.priority().level(),
                remote ? List.of() : config.labels(),
                config.retry_count() + 1,
                config.retry_delay_ms(),
                config.retry_exp_backoff(),
                config.timeout_ms(),
                source.run_id(),
                source.logical_id(),
                source.cron_job_id(),
                null,
                source.created_by());
    }
}
