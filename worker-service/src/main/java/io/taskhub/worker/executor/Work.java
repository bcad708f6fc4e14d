package io.taskhub.worker.executor;

import org.jspecify.annotations.Nullable;

/**
 * What is to be run.
 *
 * @param id the task's UUID as text, or the caller's own id for a run without a task
 * @param logical the id that people know it by
 * @param type the executor's name
 * @param payload a JSON object as text
 * @param timeoutMs 0 = none
 * @param attempt counted, from 1
 * @param claim the lease's fence, which whatever is stored for the task must carry; 0 for a run without a task
 */
public record Work(
        String id,
        String logical,
        String type,
        String queue,
        String payload,
        long timeoutMs,
        int attempt,
        int claim,
        @Nullable String traceparent) {

    /** The same work, tried again. */
    Work attempt(int number) {
        return new Work(id, logical, type, queue, payload, timeoutMs, number, claim, traceparent);
    }

    /** The same for every repetition of one attempt: what a remote worker recognises a repeated dispatch by. */
    public String idempotencyKey() {
        return id + ":" + attempt;
    }
}
