package io.taskhub.task.api.eventjob;

/** Replies: the contract's {@code data}, and the same object again under its own name (decisions §5). */
public final class Answer {
    private Answer() {}

    /** About a job. */
    public record OfJob(String status, Object data, Object job) {}

    /** About a batch. */
    public record OfBatch(String status, Object data, Object batch) {}

    static OfJob job(Object view) {
        return new OfJob("success", view, view);
    }

    static OfBatch batch(Object view) {
        return new OfBatch("success", view, view);
    }
}
