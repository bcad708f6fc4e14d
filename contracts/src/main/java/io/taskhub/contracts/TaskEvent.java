package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a task, as task-service's history stores it and {@link Topics#TASK_EVENTS} carries it. At most 64 KiB,
 * never with the task's payload or output. {@code seq} counts from 1 per task without gaps; a consumer drops what is not
 * above the last one it saw. {@code ts_ms} never goes back within a task.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = TaskEvent.Unknown.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskEvent.Created.class, name = "created"),
    @JsonSubTypes.Type(value = TaskEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = TaskEvent.Progressed.class, name = "progressed"),
    @JsonSubTypes.Type(value = TaskEvent.CancelRequested.class, name = "cancel_requested"),
    @JsonSubTypes.Type(value = TaskEvent.Retrying.class, name = "retrying"),
    @JsonSubTypes.Type(value = TaskEvent.Returned.class, name = "returned"),
    @JsonSubTypes.Type(value = TaskEvent.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = TaskEvent.Restarted.class, name = "restarted"),
    @JsonSubTypes.Type(value = TaskEvent.Deleted.class, name = "deleted")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface TaskEvent {

    Subject subject();

    /**
     * Whom an event is about and where it stands in the task's history.
     *
     * @param number TaskHub's integer id
     * @param logical the id that clients know it by: a DAG node's own id, else the number as text
     * @param run_id the DAG run it is part of
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Subject(
            TaskId task,
            long number,
            String logical,
            @Nullable String run_id,
            Origin origin,
            int seq,
            long ts_ms) {}

    /** Accepted; waits in {@code queue} until {@code run_at_ms}. */
    record Created(@JsonUnwrapped Subject subject, TaskState state, String queue, String type, long run_at_ms)
            implements TaskEvent {}

    /** A worker took it. {@code attempt} counts from 1 and is what clients see; lost and returned claims do not count. */
    record Started(@JsonUnwrapped Subject subject, int attempt, int max_attempts, String worker) implements TaskEvent {}

    /** The worker said how far it is. {@code percentage} 0 to 100. {@code data} is a JSON object as text, for dialects that have more to say. */
    record Progressed(
            @JsonUnwrapped Subject subject,
            int attempt,
            int percentage,
            String stage,
            String message,
            @Nullable String data)
            implements TaskEvent {}

    /** Somebody asked for a stop while a worker runs it. */
    record CancelRequested(@JsonUnwrapped Subject subject, String reason) implements TaskEvent {}

    /** An attempt failed and another follows at {@code run_at_ms}. */
    record Retrying(
            @JsonUnwrapped Subject subject,
            int attempt,
            int exit_code,
            String error,
            boolean timed_out,
            long duration_ms,
            long run_at_ms)
            implements TaskEvent {}

    /** The claim ended without a result: {@code reason} is {@code drained} or {@code lost}. The attempt does not count. */
    record Returned(@JsonUnwrapped Subject subject, String reason) implements TaskEvent {}

    /**
     * The end: completed, archived or cancelled.
     *
     * @param percentage 100 if completed, else the last one reported
     * @param error empty when there is none; cut at 4 KiB
     * @param attempt 0 when it never ran
     */
    record Finished(
            @JsonUnwrapped Subject subject,
            TaskState state,
            boolean timed_out,
            int attempt,
            int exit_code,
            String error,
            int percentage,
            long duration_ms)
            implements TaskEvent {}

    /** An ended task waits to run again under the same id. */
    record Restarted(@JsonUnwrapped Subject subject, TaskState state) implements TaskEvent {}

    /** The task and its history are gone. */
    record Deleted(@JsonUnwrapped Subject subject) implements TaskEvent {}

    /** A kind that this reader is too old for. It still advances the sequence. */
    record Unknown(@JsonUnwrapped Subject subject) implements TaskEvent {}
}
