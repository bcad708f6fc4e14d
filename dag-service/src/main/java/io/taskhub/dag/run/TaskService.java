package io.taskhub.dag.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskHistory;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOrder;
import io.taskhub.contracts.TaskOutcome;
import io.taskhub.contracts.identity.PeerClient;
import io.taskhub.contracts.identity.ServiceToken;
import io.taskhub.dag.DagServiceConfig;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The engine, as far as runs need it: what {@code /internal/tasks/**} of task-service offers. Calls block. */
@Singleton
class TaskService {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int MOST = 1_000;
    private static final int MOST_PAYLOAD_CHARS = 4 * 1024 * 1024;

    private final PeerClient peer;
    private final ObjectMapper json;

    TaskService(DagServiceConfig config, ServiceToken token, ObjectMapper json) {
        this.peer = new PeerClient("task-service", config.taskServiceUrls(), token::current);
        this.json = json;
    }

    /** Events and those tasks that do not exist. */
    record News(List<TaskEvent> events, Set<TaskId> unknown) {}

    /** Creates what is not there yet; the receipts of the orders that never will be, by their keys. */
    Map<String, String> order(List<TaskOrder> orders) throws IOException, InterruptedException {
        Map<String, String> refused = new HashMap<>();
        for (List<TaskOrder> part : parts(orders)) {
            TaskOrder.Reply reply = post("", new TaskOrder.Batch(part), TaskOrder.Reply.class);
            for (TaskOrder.Receipt receipt : reply.receipts()) {
                if (receipt.error() != null) {
                    refused.put(receipt.key(), receipt.error());
                }
            }
        }
        return refused;
    }

    /** Those that exist, each complete. */
    Map<TaskId, TaskOutcome> outcomes(List<TaskId> tasks) throws IOException, InterruptedException {
        Map<TaskId, TaskOutcome> outcomes = HashMap.newHashMap(tasks.size());
        Set<TaskId> open = new HashSet<>(tasks);
        while (!open.isEmpty()) {
            List<TaskId> part = open.stream().limit(MOST).toList();
            TaskOutcome.Reply reply = post("/outcomes", new TaskOutcome.Query(part), TaskOutcome.Reply.class);
            int before = open.size();
            reply.outcomes().forEach(outcome -> {
                outcomes.put(outcome.task(), outcome);
                open.remove(outcome.task());
            });
            reply.unknown().forEach(open::remove);
            if (open.size() == before) {
                throw new IOException("task-service answered nothing to a question about outcomes");
            }
        }
        return outcomes;
    }

    /** What happened to the tasks above the given sequence numbers. */
    News news(Map<TaskId, Integer> known) throws IOException, InterruptedException {
        List<TaskHistory.After> wanted = new ArrayList<>(known.size());
        known.forEach((task, seq) -> wanted.add(new TaskHistory.After(task, seq)));
        List<TaskEvent> events = new ArrayList<>();
        Set<TaskId> unknown = new HashSet<>();
        for (int from = 0; from < wanted.size(); from += MOST) {
            List<TaskHistory.After> part = wanted.subList(from, Math.min(wanted.size(), from + MOST));
            TaskHistory.News news = post("/histories", new TaskHistory.Query(part), TaskHistory.News.class);
            events.addAll(news.events());
            unknown.addAll(news.unknown());
        }
        return new News(events, unknown);
    }

    /** Those that have ended are left alone. */
    void cancel(List<TaskId> tasks, String reason) throws IOException, InterruptedException {
        for (int from = 0; from < tasks.size(); from += MOST) {
            List<TaskId> part = tasks.subList(from, Math.min(tasks.size(), from + MOST));
            post("/cancel", new TaskOrder.Cancel(part, reason));
        }
    }

    private static List<List<TaskOrder>> parts(List<TaskOrder> orders) {
        List<List<TaskOrder>> parts = new ArrayList<>();
        List<TaskOrder> part = new ArrayList<>();
        int chars = 0;
        for (TaskOrder order : orders) {
            if (part.size() == MOST
                    || (!part.isEmpty() && chars + order.payload().length() > MOST_PAYLOAD_CHARS)) {
                parts.add(part);
                part = new ArrayList<>();
                chars = 0;
            }
            part.add(order);
            chars += order.payload().length();
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    private <T> T post(String path, Object body, Class<T> answer) throws IOException, InterruptedException {
        return json.readValue(post(path, body), answer);
    }

    private byte[] post(String path, Object body) throws IOException, InterruptedException {
        PeerClient.Reply reply = peer.post("/internal/tasks" + path, json.writeValueAsBytes(body), ANSWER);
        if (!reply.isSuccess()) {
            throw new IOException("task-service answered %d to /internal/tasks%s".formatted(reply.status(), path));
        }
        return reply.body();
    }

    @PreDestroy
    void close() {
        peer.close();
    }
}
