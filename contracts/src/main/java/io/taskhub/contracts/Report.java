package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a worker says of a claim it holds. The same report again by its rightful owner is answered as applied. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Report.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = Report.Result.class, name = "result")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface Report {

    TaskId task();

    int claim();

    /**
     * How far it is.
     *
     * @param n from 1 within the claim; what is not above the last one is dropped
     * @param percentage 0 to 100
     * @param data a JSON object as text, at most 32 KiB
     */
    record Progress(
            TaskId task,
            int claim,
            int n,
            int percentage,
            String stage,
            String message,
            @Nullable String data) implements Report {}

    /**
     * How it ended.
     *
     * @param retryable false = no further attempt whatever the policy says
     * @param exit_code the process's own, 128 + signal when killed, −1 after a timeout or cancel
     * @param stdout at most 1 MiB, {@code cut} tells when there was more
     * @param message why it did not succeed; empty when it did
     * @param data the handler's result, a JSON value as text
     * @param logs how many log records the claim wrote
     */
    record Result(
            TaskId task,
            int claim,
            Outcome outcome,
            boolean retryable,
            int exit_code,
            String stdout,
            String stderr,
            boolean cut,
            String message,
            @Nullable String data,
            long duration_ms,
            int logs)
            implements Report {}

    /** How a run ended on the worker. What becomes of the task, task-service decides. */
    enum Outcome {
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        /** Stopped because it was asked to. */
        CANCELLED,
        /** Given back by a worker that drains; does not count. */
        HANDED_BACK;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
