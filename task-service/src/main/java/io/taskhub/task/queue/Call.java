package io.taskhub.task.queue;

import io.taskhub.contracts.TaskId;
import io.taskhub.task.NewTask;
import io.taskhub.task.Once;
import io.taskhub.task.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One caller's create on its way through the intake: what it wants, and where its answer goes. */
final class Call {
    final List<Item> items;
    final @Nullable Once once;
    final CompletableFuture<Outcome> answer = new CompletableFuture<>();

    /** Items that the database refused on their own, by index. */
    final Map<Integer, String> refused = new ConcurrentHashMap<>();

    /** A task with the id that it will have. */
    record Item(TaskId id, NewTask task) {}

    /** {@code answer} only for a call that carries an idempotency key. */
    record Outcome(List<Submission> submissions, Once.@Nullable Answer answer) {}

    Call(List<NewTask> tasks, @Nullable Once once, TaskIds ids) {
        this.items = new ArrayList<>(tasks.size());
        for (NewTask task : tasks) {
            items.add(new Item(task.id() == null ? ids.next() : task.id(), task));
        }
        this.once = once;
    }

    int size() {
        return Math.max(1, items.size());
    }
}
