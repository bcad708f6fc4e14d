package io.taskhub.task.api.eventjob;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.ValidatableResponse;
import io.taskhub.contracts.DocumentJob;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.Task;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Calls;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventJobContractTest {
    private static final String NOWHERE = "job-00000000-0000-7000-8000-000000000000";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @Inject
    Calls calls;

    @Inject
    EventJobClient client;

    @Inject
    Tasks tasks;

    @ParameterizedTest
    @ValueSource(strings = {"event-job", "jobs"})
    void the_contracts_example_is_created_pending_at_both_doors(String door) {
        ValidatableResponse reply = calls.operator()
                .body("""
                        {"event":"Event Name","session":"Session Name","url":"https://example.com/session","filename":"session.md",
                         "track":"Track Name","source_language":"en","target_language":"de"}""")
                .post("/api/" + door + "/jobs")
                .then()
                .statusCode(201)
                .body("status", equalTo("success"))
                .body("data.job_id", startsWith("job-"))
                .body("data.status", equalTo("pending"))
                .body("data.progress", equalTo(Map.of("step", "initializing", "percent", 0)))
                .body("data.results", nullValue());
        assertThat(reply.extract().<Object>path("job"))
                .isEqualTo(reply.extract().path("data"));
        calls.viewer()
                .get("/api/" + door + "/jobs/" + reply.extract().path("data.job_id"))
                .then()
                .statusCode(200)
                .body("data.event", equalTo("Event Name"))
                .body("data.session", equalTo("Session Name"))
                .body("data.url", equalTo("https://example.com/session"))
                .body("data.filename", equalTo("session.md"))
                .body("data.track", equalTo("Track Name"))
                .body("data.source_language", equalTo("en"))
                .body("data.target_language", equalTo("de"))
                .body("data.batch_id", nullValue())
                .body("data.error", nullValue())
                .body("data.created_at", matchesPattern(TIME))
                .body("data.updated_at", matchesPattern(TIME));
    }

    @Test
    void a_job_is_an_engine_task_for_the_document_executor() {
        String id = client.job("engine");
        Task task = tasks.find(id).orElseThrow();
        assertThat(task.type()).isEqualTo("document");
        assertThat(task.queue()).isEqualTo("event-job");
        assertThat(task.runs().maxAttempts()).isEqualTo(2);
        assertThat(task.runs().timeout()).hasHours(6);
        assertThat(task.description().name()).isEqualTo("engine");
        assertThat(task.description().payload()).contains("\"filename\":\"engine.md\"");
    }

    @Test
    void a_job_goes_its_way_from_pending_to_completed() {
        String id = client.job("way");
        Lease lease = client.claim(id);
        client.get("/jobs/" + id)
                .body("data.status", equalTo("processing"))
                .body("data.progress.step", equalTo("initializing"));
        client.progress(lease, DocumentJob.Step.CONVERTING);
        client.get("/jobs/" + id)
                .body("data.progress", equalTo(Map.of("step", "converting", "percent", 35)))
                .body("data.results", nullValue());

        client.complete(lease, "Event Name/DE/Track/way.md", "Event Name/assets/way/1.png");
        ValidatableResponse done = client.get("/jobs/" + id)
                .statusCode(200)
                .body("data.status", equalTo("completed"))
                .body("data.progress", equalTo(Map.of("step", "completed", "percent", 100)))
                .body("data.results.markdown_file", equalTo(id + "/Event Name/DE/Track/way.md"))
                .body("data.results.assets", equalTo(List.of(id + "/Event Name/assets/way/1.png")))
                .body("data.results.archive_filename", equalTo("way.zip"))
                .body("data.results.translated", equalTo(false))
                .body("data.results.title", equalTo("A title"))
                .body("data.results.note", equalTo("no translator"));
        assertThat(done.extract().<Object>path("job")).isEqualTo(done.extract().path("data"));
    }

    @Test
    void a_job_is_found_by_every_spelling_of_its_id() {
        String id = client.job("spelled");
        TaskId task = TaskId.parse(id).orElseThrow();
        long number = tasks.find(id).orElseThrow().number();
        for (String spelling : List.of(id, task.toString(), task.tsk(), Long.toString(number))) {
            client.get("/jobs/" + spelling).statusCode(200).body("data.job_id", equalTo(id));
        }
    }

    @Test
    void a_failed_job_says_why_and_runs_again_when_restarted() {
        String id = client.job("failing");
        client.fail(id, "no such page");
        client.get("/jobs/" + id)
                .body("data.status", equalTo("failed"))
                .body("data.error", equalTo("no such page"))
                .body("data.results", nullValue());

        ValidatableResponse reply = client.post("/" + id + "/restart", "")
                .statusCode(200)
                .body("status", equalTo("success"))
                .body("data", equalTo(Map.of("job_id", id, "status", "pending", "message", "Job restarted")));
        assertThat(reply.extract().<Object>path("job"))
                .isEqualTo(reply.extract().path("data"));
        client.get("/jobs/" + id).body("data.status", equalTo("pending")).body("data.error", nullValue());
        client.complete(client.claimAgain(id), "a.md");
        client.get("/jobs/" + id).body("data.status", equalTo("completed"));
    }

    @Test
    void a_cancelled_job_is_failed_and_can_be_restarted() {
        String id = client.job("cancelled");
        tasks.cancel(id, "stop");
        client.get("/jobs/" + id).body("data.status", equalTo("failed")).body("data.error", equalTo("task cancelled"));
        client.post("/" + id + "/restart", "").statusCode(200);
    }

    @Test
    void only_a_failed_job_can_be_restarted() {
        String id = client.job("restarted");
        assertError(client.post("/" + id + "/restart", ""), 409, "conflict");
        Lease lease = client.claim(id);
        assertError(client.post("/" + id + "/restart", ""), 409, "conflict");
        client.complete(lease, "a.md");
        assertError(client.post("/" + id + "/restart", ""), 409, "conflict");
    }

    @Test
    void what_is_no_job_is_not_found() {
        String other = client.otherDialectsTask();
        for (String id : List.of(NOWHERE, "nonsense", "job-", "0", other)) {
            assertError(client.get("/jobs/" + id), 404, "not_found");
            assertError(client.post("/" + id + "/restart", ""), 404, "not_found");
            assertError(client.get("/jobs/" + id + "/download-archive"), 404, "not_found");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | 400 | bad_request",
                "[] | 400 | bad_request",
                "{\"session\":\"S\",\"url\":\"http://h/\"} | 400 | bad_request",
                "{\"event\":\"E\",\"session\":\"S\",\"url\":\"h\"} | 400 | bad_request",
                "{\"event\":\"E\",\"session\":\"S\",\"url\":\"http://h/\",\"filename\":\"../x\"} | 400 | bad_request",
                "{\"event\":\"E\",\"session\":\"S\",\"url\":\"http://h/\",\"track\":7} | 400 | bad_request"
            })
    void a_bad_body_is_refused_in_the_dialect(String body, int status, String type) {
        assertError(client.post("/jobs", body), status, type);
    }

    @Test
    void the_limits_of_a_request_are_kept() {
        assertError(client.post("/jobs", "{\"event\":\"" + "x".repeat(1 << 20) + "\"}"), 413, "payload_too_large");
        assertError(
                calls.operator()
                        .contentType("text/plain")
                        .body("{}")
                        .post("/api/jobs/jobs")
                        .then(),
                415,
                "unsupported_media_type");
        assertError(client.post("/jobs", ""), 400, "bad_request");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/jobs",
        "GET,/jobs/x",
        "POST,/batches",
        "GET,/batches/x",
        "GET,/files/x/y",
        "POST,/x/restart",
        "GET,/batches/x/archive",
        "POST,/batches/x/toggle-active",
        "POST,/batches/fail-all",
        "GET,/jobs/x/download-archive"
    })
    void without_a_token_everything_is_401_at_both_doors_and_a_viewer_changes_nothing(String method, String path) {
        for (String door : List.of("/api/event-job", "/api/jobs")) {
            assertError(
                    given().urlEncodingEnabled(false)
                            .request(method, door + path)
                            .then(),
                    401,
                    "unauthorized");
            if (method.equals("POST")) {
                assertError(calls.viewer().body("{}").post(door + path).then(), 403, "forbidden");
            }
        }
    }

    @Test
    void unknown_paths_and_methods_speak_the_dialect() {
        for (String door : List.of("/api/event-job", "/api/jobs")) {
            assertError(calls.viewer().get(door + "/nothing").then(), 404, "not_found");
            assertError(calls.operator().put(door + "/jobs").then(), 405, "method_not_allowed");
        }
    }

    static void assertError(ValidatableResponse reply, int status, String type) {
        reply.statusCode(status)
                .contentType("application/json")
                .body("status", equalTo("error"))
                .body("error_type", equalTo(type))
                .body("message", matchesPattern("(?s).+"));
        assertThat(reply.extract().<Map<String, Object>>path("")).containsOnlyKeys("status", "message", "error_type");
    }
}
