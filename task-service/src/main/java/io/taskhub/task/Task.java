package io.taskhub.task;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is stored, for reading.
 *
 * @param number TaskHub's integer id, from 1
 * @param priority −1 to 2
 * @param percent the last progress, 0 to 100
 */
public record Task(
        TaskId id,
        long number,
        Origin origin,
        TaskState state,
        String queue,
        String type,
        int priority,
        boolean cancelRequested,
        int percent,
        Description description,
        Link link,
        Runs runs,
        Times times,
        Result result) {

    /**
     * What the client said of it, kept as said. JSON values as text.
     *
     * @param name TaskHub's name or another dialect's title
     * @param kind TaskHub's integer {@code type}
     * @param payload what the executor gets, a JSON object
     * @param params what the client's dialect shows as parameters; equal to {@code payload} where it has no other
     * @param metadata the client's own JSON object; empty object when none
     * @param createdBy the caller's name
     */
    public record Description(
            String name, int kind, String payload, String params, String metadata, String createdBy) {}

    /** Where it belongs: a DAG run and its node, a cron job, a parent, a batch of event jobs. All absent for a task of its own. */
    public record Link(
            @Nullable String runId,
            @Nullable String logicalId,
            @Nullable String cronJobId,
            @Nullable TaskId parent,
            @Nullable UUID batch) {
        public static final Link NONE = new Link(null, null, null, null, null);

        public static Link toBatch(UUID batch) {
            return new Link(null, null, null, null, batch);
        }

        public static Link toParent(TaskId parent) {
            return new Link(null, null, null, parent, null);
        }
    }

    /**
     * @param attempt counted runs so far, 0 before the first
     * @param maxAttempts at least 1
     * @param timeout zero = none
     * @param timedOut whether the last attempt ended by timeout
     */
    public record Runs(int attempt, int maxAttempts, Duration timeout, boolean timedOut) {}

    /** When things happened, by the engine's clock. {@code runAt}: not before. */
    public record Times(
            Instant created,
            Instant updated,
            Instant runAt,
            @Nullable Instant started,
            @Nullable Instant finished) {}

    /** What the last attempt left: empty texts before it, {@code message} empty unless it failed. {@code data} is a JSON value. */
    public record Result(
            int exitCode,
            String stdout,
            String stderr,
            String message,
            @Nullable String data) {
        public static final Result NONE = new Result(0, "", "", "", null);
    }

    /** The id that clients know it by in logs and events: a DAG node's own, else the number. */
    public String logical() {
        return link.logicalId() != null ? link.logicalId() : Long.toString(number);
    }
}
