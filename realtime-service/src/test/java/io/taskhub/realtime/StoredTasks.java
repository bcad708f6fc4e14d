package io.taskhub.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.LogPage;
import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskHistory;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What task-service would answer about the tasks that a test tells of. */
@Singleton
public class StoredTasks {
    private final Map<TaskId, List<TaskEvent>> histories = new ConcurrentHashMap<>();
    private final List<LogRecord> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final ObjectMapper json;
    private volatile Future<Void> free = Future.succeededFuture();

    StoredTasks(ObjectMapper json) {
        this.json = json;
    }

    public void add(TaskEvent event) {
        histories
                .computeIfAbsent(event.subject().task(), id -> new CopyOnWriteArrayList<>())
                .add(event);
    }

    public void add(LogRecord line) {
        lines.add(line);
    }

    public void delete(TaskId task) {
        histories.remove(task);
    }

    /** The next calls are answered by 503. */
    public void fail(int calls) {
        failures.set(calls);
    }

    /** Calls are not answered before this is kept. */
    public Promise<Void> hold() {
        Promise<Void> kept = Promise.promise();
        free = kept.future();
        return kept;
    }

    void register(@Observes Router router) {
        router.get("/internal/tasks/:id/history").handler(call -> free.onSuccess(v -> history(call)));
        router.get("/internal/logs").handler(this::logs);
        router.post("/internal/tasks/views").handler(BodyHandler.create(false)).handler(this::views);
    }

    private void history(RoutingContext call) {
        String spelled = call.pathParam("id");
        List<TaskEvent> events = find(spelled);
        if (events == null) {
            call.response().setStatusCode(404).end();
            return;
        }
        int after = Integer.parseInt(call.request().getParam("after_seq"));
        int limit = Integer.parseInt(call.request().getParam("limit"));
        List<TaskEvent> above =
                events.stream().filter(e -> e.subject().seq() > after).toList();
        TaskEvent.Subject first = events.getFirst().subject();
        answer(
                call,
                new TaskHistory(
                        first.task(),
                        first.number(),
                        first.logical(),
                        first.origin(),
                        state(events),
                        events.getLast().subject().seq(),
                        above.subList(0, Math.min(limit, above.size())),
                        above.size() > limit));
    }

    private static TaskState state(List<TaskEvent> events) {
        TaskState state = TaskState.PENDING;
        for (TaskEvent event : events) {
            state = switch (event) {
                case TaskEvent.Finished finished -> finished.state();
                case TaskEvent.Restarted restarted -> restarted.state();
                case TaskEvent.Started _ -> TaskState.ACTIVE;
                default -> state;
            };
        }
        return state;
    }

    private @Nullable List<TaskEvent> find(String spelled) {
        TaskId id = TaskId.parse(spelled).orElse(null);
        return id != null
                ? histories.get(id)
                : histories.values().stream()
                        .filter(events -> Long.toString(
                                        events.getFirst().subject().number())
                                .equals(spelled))
                        .findAny()
                        .orElse(null);
    }

    private void logs(RoutingContext call) {
        String key = call.request().getParam("task");
        String run = call.request().getParam("run_id");
        long from = Long.parseLong(call.request().getParam("from"));
        int limit = Integer.parseInt(call.request().getParam("limit"));
        List<LogRecord> found = lines.stream()
                .filter(l -> l.logical().equals(key) || l.task().toString().equals(key))
                .filter(l -> run == null || Objects.equals(l.run_id(), run))
                .filter(l -> l.seq() >= from)
                .sorted(Comparator.comparingLong(LogRecord::seq))
                .toList();
        answer(call, new LogPage(found.subList(0, Math.min(limit, found.size())), found.size() > limit));
    }

    private void views(RoutingContext call) {
        List<String> ids = new ArrayList<>();
        try {
            JsonNode asked = json.readTree(call.body().asString());
            asked.path("ids").forEach(id -> ids.add(id.asText()));
        } catch (JsonProcessingException e) {
            call.fail(400);
            return;
        }
        Map<String, Object> views = new ConcurrentHashMap<>();
        for (String id : ids) {
            List<TaskEvent> events = histories.get(TaskId.of(id));
            if (events != null) {
                TaskEvent.Subject subject = events.getFirst().subject();
                views.put(
                        id,
                        Map.of("id", subject.number(), "status", state(events).wire()));
            }
        }
        answer(call, Map.of("views", views));
    }

    private void answer(RoutingContext call, Object body) {
        String authorization = call.request().getHeader("Authorization");
        if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            call.response().setStatusCode(503).end();
        } else if (authorization == null || !authorization.startsWith("Bearer ")) {
            call.response().setStatusCode(401).end();
        } else {
            try {
                call.response().putHeader("Content-Type", "application/json").end(json.writeValueAsString(body));
            } catch (JsonProcessingException e) {
                call.fail(e);
            }
        }
    }
}
