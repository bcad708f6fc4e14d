package io.taskhub.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.DagEvent;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What dag-service would answer about the runs that a test tells of; a later run has the greater id. */
@Singleton
public class StoredRuns {
    private final Map<String, List<DagEvent>> runs = new ConcurrentSkipListMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final ObjectMapper json;

    StoredRuns(ObjectMapper json) {
        this.json = json;
    }

    public void add(DagEvent event) {
        runs.computeIfAbsent(event.run_id(), run -> new CopyOnWriteArrayList<>())
                .add(event);
    }

    /** The next calls are answered by 503. */
    public void fail(int calls) {
        failures.set(calls);
    }

    void register(@Observes Router router) {
        router.get("/internal/runs/:run/events").handler(call -> {
            String run = call.pathParam("run");
            answer(call, run, runs.getOrDefault(run, List.of()));
        });
        router.get("/internal/events").handler(call -> {
            String node = call.request().getParam("task_id");
            String newest = "";
            for (Map.Entry<String, List<DagEvent>> run : runs.entrySet()) {
                if (run.getValue().stream().anyMatch(event -> node.equals(event.task_id()))) {
                    newest = run.getKey();
                }
            }
            answer(call, newest, runs.getOrDefault(newest, List.of()));
        });
    }

    private void answer(RoutingContext call, String run, List<DagEvent> events) {
        if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            call.response().setStatusCode(503).end();
            return;
        }
        if (events.isEmpty()) {
            call.response().setStatusCode(404).end();
            return;
        }
        int after = Integer.parseInt(call.request().getParam("after_seq"));
        int limit = Integer.parseInt(call.request().getParam("limit"));
        String node = call.request().getParam("task_id");
        List<DagEvent> above = events.stream()
                .filter(event -> node.equals(event.task_id()) && event.seq() > after)
                .toList();
        try {
            DagEvent.Page page =
                    new DagEvent.Page(run, above.subList(0, Math.min(limit, above.size())), above.size() > limit);
            call.response().putHeader("Content-Type", "application/json").end(json.writeValueAsString(page));
        } catch (JsonProcessingException e) {
            call.fail(e);
        }
    }
}
