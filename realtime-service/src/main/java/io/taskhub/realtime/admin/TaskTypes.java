package io.taskhub.realtime.admin;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.realtime.history.History;
import io.taskhub.realtime.history.NoSuchTaskException;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What type a task is of, which only its first event tells. The latest tasks are remembered; of others the first event is read from
 * history. Any thread.
 */
@Singleton
final class TaskTypes {
    private static final int REMEMBERED = 10_000;

    private final History history;
    private final Map<TaskId, String> types = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskId, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    TaskTypes(History history) {
        this.history = history;
    }

    /** Null when it is not known without asking. */
    @Nullable
    String known(TaskEvent event) {
        synchronized (types) {
            if (event instanceof TaskEvent.Created created) {
                types.put(created.subject().task(), created.type());
            }
            return types.get(event.subject().task());
        }
    }

    /** Asks history; null when the task is gone. Fails when history cannot be read. */
    Future<@Nullable String> ask(TaskId task) {
        return history.task(task.toString(), 0, 1)
                .<@Nullable String>map(page ->
                        page.events().isEmpty() ? null : known(page.events().getFirst()))
                .recover(failure -> failure instanceof NoSuchTaskException
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
    }
}
