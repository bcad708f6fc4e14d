package io.taskhub.task.queue;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskHistory;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOutcome;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.LogQuery;
import io.taskhub.task.NewTask;
import io.taskhub.task.Once;
import io.taskhub.task.QueueStats;
import io.taskhub.task.StoredLog;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import io.taskhub.task.TaskException;
import io.taskhub.task.TaskFilter;
import io.taskhub.task.TaskServiceConfig;
import io.taskhub.task.Tasks;
import io.taskhub.task.history.EventHistory;
import io.taskhub.task.history.Logs;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The use cases, each put together from the classes that do the work. */
@ApplicationScoped
class TaskEngine implements Tasks {
    private static final int NEWS_PER_TASK = 1_000;

    private final Intake intake;
    private final TaskReader reader;
    private final Outcomes outcomes;
    private final QueueStatsReader stats;
    private final Queues queues;
    private final Settler settler;
    private final Removal removal;
    private final Sessions sessions;
    private final EventHistory history;
    private final Logs logs;
    private final Database database;
    private final long leaseMs;

    TaskEngine(
            Intake intake,
            TaskReader reader,
            Outcomes outcomes,
            QueueStatsReader stats,
            Queues queues,
            Settler settler,
            Removal removal,
            Sessions sessions,
            EventHistory history,
            Logs logs,
            Database database,
            TaskServiceConfig config) {
        this.intake = intake;
        this.reader = reader;
        this.outcomes = outcomes;
        this.stats = stats;
        this.queues = queues;
        this.settler = settler;
        this.removal = removal;
        this.sessions = sessions;
        this.history = history;
        this.logs = logs;
        this.database = database;
        this.leaseMs = config.leases().length().toMillis();
    }

    @Override
    public List<Submission> submit(List<NewTask> tasks) {
        return tasks.isEmpty() ? List.of() : intake.submit(tasks, null).submissions();
    }

    @Override
    public Once.Answer submitOnce(Once once, List<NewTask> tasks) {
        Once.Answer answer = intake.submit(tasks, once).answer();
        if (answer == null) {
            throw new IllegalStateException("a call with a key is always answered");
        }
        return answer;
    }

    @Override
    public Optional<Task> find(String id) {
        return reader.resolve(id).map(found -> reader.findAll(List.of(found)).get(found));
    }

    @Override
    public Map<TaskId, Task> findAll(Collection<TaskId> ids) {
        return ids.isEmpty() ? Map.of() : reader.findAll(ids);
    }

    @Override
    public List<Task> list(TaskFilter filter) {
        return reader.list(filter);
    }

    @Override
    public List<Task> ofBatch(UUID batch) {
        return reader.ofBatch(batch);
    }

    @Override
    public Task cancel(String id, String reason) {
        TaskId task = resolve(id);
        settleOne(task, id, (settlement, draft) -> {
            if (draft.state().isFinal()) {
                throw new TaskException.Finished(task, draft.state());
            }
            settlement.cancel(draft, reason);
        });
        cancelChildren(task, reason);
        return read(task, id);
    }

    /** A worker that runs the parent does the same; there may be none. */
    private void cancelChildren(TaskId parent, String reason) {
        for (List<TaskId> children = reader.openChildren(List.of(parent));
                !children.isEmpty();
                children = reader.openChildren(children)) {
            cancelAll(children, reason);
        }
    }

    @Override
    public void cancelAll(Collection<TaskId> ids, String reason) {
        settler.settle(ids, (settlement, draft) -> {
            if (!draft.state().isFinal()) {
                settlement.cancel(draft, reason);
            }
        });
    }

    @Override
    public int failAll(Collection<TaskId> ids, String reason) {
        Map<TaskId, Draft> drafts = settler.settle(ids, (settlement, draft) -> {
            if (!draft.state().isFinal()) {
                settlement.fail(draft, reason);
            }
        });
        return (int) drafts.values().stream().filter(Draft::changed).count();
    }

    @Override
    public TaskOutcome.Reply outcomes(Collection<TaskId> ids) {
        return outcomes.read(ids);
    }

    @Override
    public void delete(String id) {
        if (!removal.delete(resolve(id))) {
            throw new TaskException.NotFound(id);
        }
    }

    @Override
    public Task restart(String id) {
        TaskId task = resolve(id);
        settleOne(task, id, (settlement, draft) -> {
            if (!Transitions.legal(draft.state(), TaskState.PENDING)
                    || !draft.state().isFinal()) {
                throw new TaskException.NotFinished(task, draft.state());
            }
            settlement.restart(draft);
        });
        return read(task, id);
    }

    @Override
    public Optional<TaskHistory> history(String id, int afterSeq, int limit) {
        return reader.resolve(id).flatMap(task -> database.read(c -> history.read(c, task.uuid(), afterSeq, limit)));
    }

    @Override
    public TaskHistory.News news(List<TaskHistory.After> wanted) {
        return database.read(c -> history.news(c, wanted, NEWS_PER_TASK));
    }

    @Override
    public List<TaskEvent> progress(String id, int afterSeq) {
        TaskId task = resolve(id);
        return database.read(c -> history.progress(c, task.uuid(), afterSeq))
                .orElseThrow(() -> new TaskException.NotFound(id));
    }

    @Override
    public List<StoredLog> logs(LogQuery query) {
        return logs.find(query);
    }

    @Override
    public List<QueueStats> queueStats(@Nullable String queue) {
        return stats.read(queue);
    }

    @Override
    public void pauseQueue(String queue, boolean paused) {
        queues.pause(queue, paused);
    }

    @Override
    public EngineStats engineStats() {
        return stats.readEngine(leaseMs);
    }

    @Override
    public Set<String> announcedTypes() {
        return sessions.announcedTypes();
    }

    private void settleOne(TaskId task, String id, Settler.Decision decision) {
        if (settler.settle(List.of(task), decision).isEmpty()) {
            throw new TaskException.NotFound(id);
        }
    }

    private TaskId resolve(String id) {
        return reader.resolve(id).orElseThrow(() -> new TaskException.NotFound(id));
    }

    private Task read(TaskId task, String id) {
        Task found = reader.findAll(List.of(task)).get(task);
        if (found == null) {
            throw new TaskException.NotFound(id);
        }
        return found;
    }
}
