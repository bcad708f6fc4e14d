package io.taskhub.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tasks v1, as services use it. */
public record V1Tasks(TaskHubClient client) {
    private static final String PATH = "/api/v1/tasks";

    public Reply post(NewTask task) {
        return client.post(PATH, task.body());
    }

    /** Creates the task; its id. */
    public String create(NewTask task) {
        return post(task).expect(201).text("/task_id");
    }

    /** Creates up to 1,000 at once; their ids, in order. */
    public List<String> createAll(List<NewTask> tasks) {
        Reply reply = client.post(
                        PATH + ":batch",
                        Map.of("tasks", tasks.stream().map(NewTask::body).toList()))
                .expect(201);
        List<String> ids = new ArrayList<>();
        reply.at("/results").forEach(r -> ids.add(r.path("task_id").asText()));
        return ids;
    }

    public Reply fetch(String id) {
        return client.get(PATH + "/" + id);
    }

    public JsonNode get(String id) {
        return fetch(id).expect(200).json();
    }

    public String state(String id) {
        return get(id).path("state").asText();
    }

    public JsonNode awaitState(String id, String state) {
        Waiting.await().until(() -> state(id).equals(state));
        return get(id);
    }

    public JsonNode awaitState(String id, String state, Duration atMost) {
        Waiting.await(atMost).until(() -> state(id).equals(state));
        return get(id);
    }

    public Reply cancel(String id) {
        return client.post(PATH + "/" + id + "/cancel");
    }

    public Reply delete(String id) {
        return client.delete(PATH + "/" + id);
    }

    public Reply progress(String id) {
        return client.get(PATH + "/" + id + "/progress");
    }

    public JsonNode history(String id) {
        return client.get(PATH + "/" + id + "/progress/history").expect(200).json();
    }

    public EventStream stream(String id, String query) {
        return client.stream(PATH + "/" + id + "/progress/stream" + query);
    }

    public EventStream resume(String id, String lastEventId) {
        return client.stream(PATH + "/" + id + "/progress/stream", lastEventId);
    }

    /** Nothing of the queue is given to a worker until {@link #resumeQueue}. */
    public void pauseQueue(String queue) {
        client.post("/api/v1/queues/" + queue + ":pause").expect(200);
    }

    public void resumeQueue(String queue) {
        client.post("/api/v1/queues/" + queue + ":resume").expect(200);
    }

    /** One queue's row of the statistics. */
    public JsonNode stats(String queue) {
        return client.get("/api/v1/queues/stats?queue=" + queue).expect(200).at("/0");
    }
}
