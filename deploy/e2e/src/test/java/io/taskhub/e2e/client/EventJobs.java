package io.taskhub.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Event jobs, as batch importers use them. {@code door} is {@code event-job} or {@code jobs}. */
public record EventJobs(TaskHubClient client, String door) {

    public String path(String rest) {
        return "/api/" + door + "/" + rest;
    }

    /** The contract's own body. */
    public static Map<String, Object> job(String session, String url) {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("event", "Event Name");
        job.put("session", session);
        job.put("url", url);
        job.put("filename", "session.md");
        job.put("track", "Track Name");
        job.put("source_language", "en");
        job.put("target_language", "de");
        return job;
    }

    public String create(Map<String, Object> job) {
        return client.post(path("jobs"), job).expect(201).text("/data/job_id");
    }

    public String createBatch(String name, List<Map<String, Object>> jobs) {
        return client.post(path("batches"), Map.of("batch_name", name, "jobs", jobs))
                .expect(201)
                .text("/data/batch_id");
    }

    public Reply fetch(String job) {
        return client.get(path("jobs/" + job));
    }

    public Reply fetchBatch(String batch) {
        return client.get(path("batches/" + batch));
    }

    public JsonNode awaitStatus(String job, String status) {
        Waiting.await().until(() -> fetch(job).text("/data/status").equals(status));
        return fetch(job).at("/data");
    }

    public JsonNode awaitBatch(String batch, String status, Duration atMost) {
        Waiting.await(atMost).until(() -> fetchBatch(batch).text("/data/status").equals(status));
        return fetchBatch(batch).at("/data");
    }

    public Download download(String method, String rest, String... headers) {
        return client.download(method, path(rest), headers);
    }
}
