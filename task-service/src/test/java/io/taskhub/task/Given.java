package io.taskhub.task;

import io.taskhub.contracts.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A new task of which a test says only what matters to it. */
public final class Given {
    private String queue = "q-" + UUID.randomUUID();
    private String type = "noop";
    private String payload = "{}";
    private int priority;
    private List<String> labels = List.of();
    private @Nullable Instant runAt;
    private int maxAttempts = 1;
    private RetryPolicy retry = RetryPolicy.Exponential.DOUBLING_SECONDS;
    private Duration timeout = Duration.ZERO;
    private boolean timeoutEndsIt = true;
    private NewTask.@Nullable Unique unique;
    private NewTask.@Nullable Born born;
    private Task.Link link = Task.Link.NONE;

    private Given() {}

    /** In a queue of its own, so that tests do not take each other's tasks. */
    public static Given task() {
        return new Given();
    }

    public Given inQueue(String name) {
        queue = name;
        return this;
    }

    public Given ofType(String name) {
        type = name;
        return this;
    }

    public Given withPayload(String json) {
        payload = json;
        return this;
    }

    public Given withPriority(int level) {
        priority = level;
        return this;
    }

    public Given withLabels(String... needed) {
        labels = List.of(needed);
        return this;
    }

    public Given at(Instant time) {
        runAt = time;
        return this;
    }

    public Given withAttempts(int max, RetryPolicy policy) {
        maxAttempts = max;
        retry = policy;
        return this;
    }

    public Given withTimeout(Duration limit, boolean endsIt) {
        timeout = limit;
        timeoutEndsIt = endsIt;
        return this;
    }

    public Given unique(String key, Duration window) {
        unique = new NewTask.Unique.WhileOpen(key, window);
        return this;
    }

    public Given orderedAs(String key) {
        unique = new NewTask.Unique.Order("tester", key, Duration.ofDays(30));
        return this;
    }

    public Given born(NewTask.Born how) {
        born = how;
        return this;
    }

    public Given withLink(Task.Link to) {
        link = to;
        return this;
    }

    public NewTask build() {
        return new NewTask(
                null,
                Origin.V1,
                type,
                queue,
                priority,
                labels,
                runAt,
                new NewTask.Limits(maxAttempts, retry, timeout, timeoutEndsIt),
                new Task.Description("a task", 0, payload, payload, "{}", "tester"),
                link,
                unique,
                born);
    }
}
