package io.taskhub.task.api.eventjob;

import static io.taskhub.task.api.eventjob.EventJobContractTest.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.ValidatableResponse;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Calls;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventBatchContractTest {
    private static final String NOWHERE = "batch-00000000-0000-7000-8000-000000000000";

    @Inject
    Calls calls;

    @Inject
    EventJobClient client;

    @Inject
    Tasks tasks;

    @Test
    void the_contracts_example_is_created_pending() {
        ValidatableResponse reply = client.post("/batches", """
                        {"batch_name":"My Batch","jobs":[
                         {"event":"Event 1","session":"Session 1","url":"https://example.com/session1"},
                         {"event":"Event 2","session":"Session 2","url":"https://example.com/session2"}]}""")
                .statusCode(201)
                .body("status", equalTo("success"))
                .body("data.batch_id", startsWith("batch-"))
                .body("data.batch_name", equalTo("My Batch"))
                .body("data.status", equalTo("pending"))
                .body("data.job_count", equalTo(2))
                .body("data.jobs.session", contains("Session 1", "Session 2"))
                .body("data.jobs.status", everyItem(equalTo("pending")));
        assertThat(reply.extract().<Object>path("batch"))
                .isEqualTo(reply.extract().path("data"));
        String id = reply.extract().path("data.batch_id");
        client.get("/batches/" + id).body("data.jobs.batch_id", everyItem(equalTo(id)));
    }

    @Test
    void a_batch_counts_what_becomes_of_its_jobs() {
        String id = client.batch("a", "b", "c");
        List<String> jobs = client.jobsOf(id);
        client.complete(client.claim(jobs.get(0)), "a.md");
        client.fail(jobs.get(1), "no");
        Lease third = client.claim(jobs.get(2));
        ValidatableResponse batch = client.get("/batches/" + id)
                .statusCode(200)
                .body("data.batch_name", equalTo("My Batch"))
                .body("data.status", equalTo("processing"))
                .body("data.active", equalTo(true))
                .body("data.job_count", equalTo(3))
                .body("data.completed_count", equalTo(1))
                .body("data.failed_count", equalTo(1))
                .body("data.processing_count", equalTo(1))
                .body("data.pending_count", equalTo(0))
                .body("data.jobs.job_id", equalTo(jobs))
                .body("data.jobs.status", contains("completed", "failed", "processing"));
        assertThat(batch.extract().<Object>path("batch"))
                .isEqualTo(batch.extract().path("data"));
        client.complete(third, "c.md");
        client.get("/batches/" + id).body("data.status", equalTo("completed"));
        client.get("/batches/" + id.substring("batch-".length())).body("data.batch_id", equalTo(id));
    }

    @Test
    void a_thousand_jobs_come_in_one_request() {
        String jobs = IntStream.range(0, 1_000)
                .mapToObj(i -> EventJobClient.body("Session " + i))
                .collect(Collectors.joining(","));
        String id = client.post("/batches", "{\"jobs\":[" + jobs + "]}")
                .statusCode(201)
                .body("data.batch_name", equalTo("Event Name"))
                .body("data.job_count", equalTo(1_000))
                .body("data.jobs", hasSize(1_000))
                .body("data.jobs[999].session", equalTo("Session 999"))
                .extract()
                .path("data.batch_id");
        client.post("/batches/fail-all", "{\"batch_id\":\"" + id + "\"}").body("data.failed_count", equalTo(1_000));
        client.get("/batches/" + id)
                .body("data.status", equalTo("failed"))
                .body("data.failed_count", equalTo(1_000))
                .body("data.jobs[999].session", equalTo("Session 999"));
    }

    @Test
    void a_bad_job_is_named_by_its_index_and_nothing_is_created() {
        long before = submitted();
        ValidatableResponse reply = client.post(
                "/batches", "{\"jobs\":[" + EventJobClient.body("good") + ",{\"event\":\"E\",\"session\":\"S\"}]}");
        assertError(reply, 400, "bad_request");
        reply.body("message", containsString("jobs[1]")).body("message", containsString("url"));
        assertThat(submitted()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"jobs\":[]}", "{\"jobs\":\"x\"}", "{\"batch_name\":7,\"jobs\":[1]}"})
    void a_batch_without_jobs_is_refused(String body) {
        assertError(client.post("/batches", body), 400, "bad_request");
    }

    @Test
    void a_batch_may_have_eight_mebibytes() {
        String big = "{\"jobs\":[],\"x\":\"" + "x".repeat(2 << 20) + "\"}";
        assertError(client.post("/batches", big), 400, "bad_request");
        String tooBig = "{\"jobs\":[],\"x\":\"" + "x".repeat(8 << 20) + "\"}";
        assertError(client.post("/batches", tooBig), 413, "payload_too_large");
    }

    @Test
    void an_inactive_batch_starts_none_of_its_waiting_jobs() {
        String id = client.batch("held", "running");
        List<String> jobs = client.jobsOf(id);
        Lease running = client.claimAgain(jobs.get(1));
        // The same poll has taken the other one too: it goes back and waits.
        client.giveBack(jobs.get(0));

        ValidatableResponse off = toggle(id)
                .statusCode(200)
                .body("data", equalTo(Map.of("batch_id", id, "active", false, "message", "Batch status toggled")));
        assertThat(off.extract().<Object>path("batch")).isEqualTo(off.extract().path("data"));
        client.get("/batches/" + id).body("data.active", equalTo(false));
        assertThat(client.canClaim(jobs.get(0))).isFalse();

        client.failTemporarily(running);
        assertThat(state(jobs.get(1))).isEqualTo(TaskState.RETRY);
        tasks.cancel(jobs.get(1), "stop");
        client.post("/" + jobs.get(1) + "/restart", "").statusCode(200);
        assertThat(client.canClaim(jobs.get(1))).isFalse();

        toggle(id).statusCode(200).body("data.active", equalTo(true));
        jobs.forEach(job -> client.complete(client.claim(job), "a.md"));
        client.get("/batches/" + id).body("data.status", equalTo("completed"));
    }

    @Test
    void fail_all_fails_every_unfinished_job_with_the_reason() {
        String id = client.batch("done", "running", "waiting");
        List<String> jobs = client.jobsOf(id);
        client.complete(client.claim(jobs.get(0)), "a.md");
        Lease running = client.claim(jobs.get(1));

        ValidatableResponse reply = client.post(
                        "/batches/fail-all", "{\"batch_id\":\"" + id + "\",\"reason\":\"Manual failure\"}")
                .statusCode(200)
                .body("data", equalTo(Map.of("batch_id", id, "failed_count", 2, "message", "All jobs failed")));
        assertThat(reply.extract().<Object>path("batch"))
                .isEqualTo(reply.extract().path("data"));
        client.lateSuccess(running);
        client.get("/batches/" + id)
                .body("data.status", equalTo("completed"))
                .body("data.failed_count", equalTo(2))
                .body("data.jobs.status", contains("completed", "failed", "failed"))
                .body("data.jobs[1].error", equalTo("Manual failure"))
                .body("data.jobs[2].error", equalTo("Manual failure"));
        client.post("/batches/fail-all", "{\"batch_id\":\"" + id + "\"}").body("data.failed_count", equalTo(0));
    }

    @Test
    void a_batch_without_jobs_any_more_is_not_found_either() {
        String id = client.batch("gone");
        String job = client.jobsOf(id).getFirst();
        tasks.cancel(job, "gone");
        tasks.delete(job);
        assertError(client.get("/batches/" + id), 404, "not_found");
        assertError(toggle(id), 404, "not_found");
    }

    @Test
    void what_is_no_batch_is_not_found() {
        String job = client.job("no batch");
        for (String id : List.of(NOWHERE, "nonsense", "batch-", "7", job)) {
            assertError(client.get("/batches/" + id), 404, "not_found");
            assertError(toggle(id), 404, "not_found");
            assertError(client.get("/batches/" + id + "/archive"), 404, "not_found");
            assertError(client.post("/batches/fail-all", "{\"batch_id\":\"" + id + "\"}"), 404, "not_found");
        }
        assertError(client.post("/batches/fail-all", "{}"), 400, "bad_request");
    }

    private ValidatableResponse toggle(String batch) {
        return calls.operator()
                .post("/api/jobs/batches/" + batch + "/toggle-active")
                .then();
    }

    private TaskState state(String job) {
        return Objects.requireNonNull(tasks.findAll(List.of(TaskId.parse(job).orElseThrow()))
                        .get(TaskId.parse(job).orElseThrow()))
                .state();
    }

    private long submitted() {
        return tasks.engineStats().submitted();
    }
}
