package io.taskhub.task.api.internal;

import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOrder;
import io.taskhub.task.NewTask;
import io.taskhub.task.RetryPolicy;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.Utf8;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The orders of one request: which of them can become tasks, and the receipts for all of them in their order. */
final class OrderedTasks {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration LONGEST_DELAY = Duration.ofHours(24);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_500);
    private static final int UUID_V7 = 7;

    private final List<Item> items = new ArrayList<>();
    private final List<NewTask> good = new ArrayList<>();

    /** {@code error} null: it stands in {@link #good} at its place among the good ones. */
    private record Item(String key, @Nullable String error) {}

    private OrderedTasks() {}

    static OrderedTasks of(List<TaskOrder> orders, String caller) {
        var ordered = new OrderedTasks();
        Map<TaskId, String> ids = new HashMap<>();
        for (TaskOrder order : orders) {
            String error = error(order);
            if (error == null) {
                String before = ids.putIfAbsent(order.task(), order.key());
                error = before == null || before.equals(order.key()) ? null : "its task is also ordered as " + before;
            }
            ordered.items.add(new Item(String.valueOf(order.key()), error));
            if (error == null) {
                ordered.good.add(task(order, caller));
            }
        }
        return ordered;
    }

    /** Those that can be created, in order. */
    List<NewTask> good() {
        return good;
    }

    /** @param outcomes of {@link #good()}, in order */
    TaskOrder.Reply reply(List<Submission> outcomes) {
        Iterator<Submission> stored = outcomes.iterator();
        return new TaskOrder.Reply(items.stream()
                .map(item -> item.error() == null
                        ? receipt(item.key(), stored.next())
                        : new TaskOrder.Receipt(item.key(), null, item.error()))
                .toList());
    }

    private static TaskOrder.Receipt receipt(String key, Submission outcome) {
        return switch (outcome) {
            case Submission.Accepted made -> new TaskOrder.Receipt(key, made.id(), null);
            case Submission.AlreadyExists before -> new TaskOrder.Receipt(key, before.holder(), null);
            case Submission.Refused refused -> new TaskOrder.Receipt(key, null, refused.reason());
        };
    }

    /** What would fail in the database is found here, where it costs the strangers in the same transaction nothing. */
    private static @Nullable String error(TaskOrder order) {
        Object[] needed = {
            order.key(),
            order.task(),
            order.origin(),
            order.name(),
            order.type(),
            order.payload(),
            order.queue(),
            order.labels(),
            order.created_by()
        };
        if (Stream.of(needed).anyMatch(Objects::isNull)
                || order.labels().stream().anyMatch(Objects::isNull)) {
            return "key, task, origin, name, type, payload, queue, labels and created_by are needed";
        }
        if (order.task().uuid().version() != UUID_V7) {
            return "task must be a UUIDv7";
        }
        if (Utf8.cut(order.payload(), JsonBody.LIMIT_BYTES).length()
                < order.payload().length()) {
            return "payload is larger than " + JsonBody.LIMIT_BYTES + " bytes";
        }
        if (order.max_attempts() < 1 || order.priority() < -1 || order.priority() > 2) {
            return "max_attempts must be 1 or more and priority from -1 to 2";
        }
        if (order.timeout_ms() < 0 || order.retry_delay_ms() < 0) {
            return "timeout_ms and retry_delay_ms must be 0 or more";
        }
        return texts(order).allMatch(JsonBody::storable) ? null : "the order holds a character that is none";
    }

    private static Stream<String> texts(TaskOrder order) {
        return Stream.concat(
                order.labels().stream(),
                Stream.of(
                                order.key(),
                                order.name(),
                                order.type(),
                                order.payload(),
                                order.queue(),
                                order.run_id(),
                                order.logical_id(),
                                order.cron_job_id(),
                                order.created_by())
                        .filter(Objects::nonNull));
    }

    private static NewTask task(TaskOrder order, String caller) {
        var retry = new RetryPolicy.Exponential(
                Duration.ofMillis(order.retry_delay_ms()), order.retry_exp_backoff() ? 2 : 1, LONGEST_DELAY, 0);
        Duration timeout = Duration.ofMillis(Math.min(order.timeout_ms(), LONGEST_TIMEOUT.toMillis()));
        return new NewTask(
                order.task(),
                order.origin(),
                order.type(),
                order.queue(),
                order.priority(),
                order.labels(),
                null,
                new NewTask.Limits(order.max_attempts(), retry, timeout, true),
                new Task.Description(order.name(), 0, order.payload(), order.payload(), "{}", order.created_by()),
                new Task.Link(order.run_id(), order.logical_id(), order.cron_job_id(), order.parent(), null),
                new NewTask.Unique.Order(caller, order.key(), KEPT),
                null);
    }
}
