package io.taskhub.task;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskHistory;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with tasks: the use cases that every dialect speaks to. All calls block; call them on virtual threads. Where
 * a call changes a task, the change and its event are committed when it returns.
 */
public interface Tasks {

    /** Stores all of them, each with its own outcome, in order. Up to 1,000. Throws IntakeFull. */
    List<Submission> submit(List<NewTask> tasks);

    /** As {@link #submit}, or the first answer again. Throws KeyReused. */
    Once.Answer submitOnce(Once once, List<NewTask> tasks);

    /** By any spelling: integer, UUID, {@code tsk_…}, {@code job-…}. */
    Optional<Task> find(String id);

    /** By id, those that exist. */
    Map<TaskId, Task> findAll(Collection<TaskId> ids);

    /** Of output and errors only the start, 4,096 characters each. */
    List<Task> list(TaskFilter filter);

    /** The tasks of a batch of event jobs that still exist, in the order in which they were submitted; output cut as in a list. */
    List<Task> ofBatch(UUID batch);

    /**
     * Cancels it and what is part of it at once, or asks its worker to stop: after this returns the end is cancelled, whatever comes later.
     *
     * @return the task afterwards
     * @throws TaskException.NotFound when there is none
     * @throws TaskException.Finished when it has ended
     */
    Task cancel(String id, String reason);

    /** As {@link #cancel} for many; those that have ended or do not exist are left alone. */
    void cancelAll(Collection<TaskId> ids, String reason);

    /**
     * Ends those that have not ended as failed, with {@code reason} as their error; what runs is stopped, and what it still says is
     * not heard.
     *
     * @return how many were ended
     */
    int failAll(Collection<TaskId> ids, String reason);

    /** How far they are and what they left; an answer holds about 8 MiB of output, see {@link TaskOutcome.Reply}. */
    TaskOutcome.Reply outcomes(Collection<TaskId> ids);

    /** Removes it and its history. Throws NotFound or Running. */
    void delete(String id);

    /** Makes an ended task run again under its id, attempts counted anew. Throws NotFound or NotFinished. */
    Task restart(String id);

    /** Events above {@code afterSeq}, ascending, at most {@code limit} (1 to 1,000); empty when there is no such task. */
    Optional<TaskHistory> history(String id, int afterSeq, int limit);

    /** Events of many tasks above what the caller knows of each, at most 1,000 of each. */
    TaskHistory.News news(List<TaskHistory.After> wanted);

    /** The entries that clients see as progress: {@code Progressed} and {@code Finished}, ascending. Throws NotFound. */
    default List<TaskEvent> progress(String id) {
        return progress(id, 0);
    }

    /** As {@link #progress(String)}, those above {@code afterSeq}. */
    List<TaskEvent> progress(String id, int afterSeq);

    /** For a finished task it waits up to 2 s until the last record is stored. */
    List<StoredLog> logs(LogQuery query);

    /** One row per queue ever seen, or the one asked for (zeros when never seen), ordered by name. */
    List<QueueStats> queueStats(@Nullable String queue);

    /** A paused queue starts nothing new. */
    void pauseQueue(String queue, boolean paused);

    EngineStats engineStats();

    /** Types that live workers have announced within 60 s. */
    Set<String> announcedTypes();

    /** What the whole engine does. {@code workers}: live sessions; {@code submitted}, {@code finished}: since the beginning. */
    record EngineStats(int workers, long queued, long running, long submitted, long finished) {}
}
