package io.taskhub.contracts;

/** The Kafka topics of the suite, one writer per key, and the headers a consumer may skip a record by. */
public final class Topics {
    /** {@link TaskEvent}s, key = task UUID, written by task-service's relay alone. */
    public static final String TASK_EVENTS = "task.events";

    /** {@link LogRecord}s, key = task UUID, written by the worker process that holds the claim. */
    public static final String TASK_LOGS = "task.logs";

    /** Run and node events, key = run id, written by dag-service alone. */
    public static final String DAG_EVENTS = "dag.events";

    /** Header: the event's kind, as in its JSON. */
    public static final String HEADER_KIND = "kind";

    /** Header: {@link Origin#wire()} of the task. */
    public static final String HEADER_ORIGIN = "origin";

    /** Header: the run that the task belongs to; absent for a task of its own. */
    public static final String HEADER_RUN = "run_id";

    private Topics() {}
}
