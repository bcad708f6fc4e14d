package io.taskhub.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** The TaskHub dialect's tasks, as its scripts use them. */
public record PlainTasks(TaskHubClient client) {
    private static final List<String> ENDED = List.of("success", "failed", "timeout", "canceled");

    /** Creates a task that runs a command; its integer id. */
    public long run(String command) {
        return create(Map.of("cmd", command));
    }

    public long create(Map<String, ?> params) {
        return client.post("/api/tasks", Map.of("name", "e2e", "type", 0, "params", params))
                .expect(200)
                .number("/data/id");
    }

    /** The task as it is now. */
    public JsonNode get(long id) {
        return client.get("/api/tasks/" + id).expect(200).at("/data");
    }

    public JsonNode awaitStatus(long id, String status) {
        Waiting.await().until(() -> get(id).path("status").asText().equals(status));
        return get(id);
    }

    public JsonNode awaitEnd(long id) {
        Waiting.await().until(() -> ENDED.contains(get(id).path("status").asText()));
        return get(id);
    }

    /** Another contract's spelling of the id: {@code tsk_…}, as the list shows it. */
    public String tsk(long id) {
        for (JsonNode item : client.get("/api/tasks").expect(200).at("/data")) {
            if (item.path("id").asLong() == id) {
                return item.path("task_id").asText();
            }
        }
        throw new AssertionError("task " + id + " is not in the list");
    }
}
