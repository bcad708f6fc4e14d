package io.taskhub.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** Cron jobs, as their page uses them. */
public record CronJobs(TaskHubClient client) {
    private static final String JOBS = "/api/cron/jobs";

    /** Its id. */
    public String create(Object body) {
        return client.post(JOBS, body).expect(200).text("/job_id");
    }

    /** Its row of the list. */
    public JsonNode get(String job) {
        return rows(JOBS, "/jobs").stream()
                .filter(row -> row.path("id").asText().equals(job))
                .findFirst()
                .orElseThrow(() -> new AssertionError(job + " is not in the list"));
    }

    /** Its fires, oldest first. */
    public List<JsonNode> fires(String job) {
        return rows(JOBS + "/" + job + "/fires", "/fires").reversed();
    }

    /** Its fires that have started something, oldest first. */
    public List<JsonNode> created(String job) {
        return fires(job).stream()
                .filter(fire -> fire.path("state").asText().equals("created"))
                .toList();
    }

    public void delete(String job) {
        client.delete(JOBS + "/" + job).expect(200);
    }

    private List<JsonNode> rows(String path, String pointer) {
        JsonNode rows = client.get(path).expect(200).at(pointer);
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
