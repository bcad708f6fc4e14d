package io.taskhub.cron.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import io.taskhub.contracts.Roles;
import io.taskhub.cron.CronDatabase;
import io.taskhub.cron.CronServiceTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@CronServiceTest
@SuppressWarnings("NullAway.Init") // injected
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CronContractTest {
    private static final String EXAMPLE = """
            {"name":"job1","spec":"*/1 * * * *","target_type":"SingleTask","task":{"id":"task","name":"say hello",
             "exec_type":"Shell","exec_command":"echo hello","timeout_ms":0,"retry_count":0,"priority":"Normal"}}""";
    private static final String SMALL = """
            {"name":"small","spec":"0 12 * * *","task":{"exec_command":"noop"}%s}""";
    private static final long MINUTE_MS = 60_000;

    @Inject
    Caller caller;

    @Inject
    CronDatabase tables;

    @ConfigProperty(name = "taskhub.test.dag-service.url")
    String dagService;

    @BeforeEach
    void no_jobs() {
        tables.clear();
    }

    private ValidatableResponse post(String path, String body) {
        return caller.operator().body(body).post("/api/cron/jobs" + path).then();
    }

    private ValidatableResponse get(String path) {
        return caller.operator().get("/api/cron/jobs" + path).then();
    }

    private String created(String body) {
        return post("", body)
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("job_id", matchesPattern("job_\\d{13}"))
                .extract()
                .path("job_id");
    }

    private static void refused(ValidatableResponse answer, int status, String message) {
        answer.statusCode(status)
                .body("ok", equalTo(false))
                .body("error", equalTo(message))
                .body("message", equalTo(message));
    }

    @Test
    void the_contract_s_example_works_as_pasted() {
        get("").statusCode(200).body("ok", equalTo(true)).body("jobs", empty());
        String id = created(EXAMPLE);
        long minute = tables.nowMs() / MINUTE_MS + 1;
        get("").statusCode(200)
                .body("jobs", hasSize(1))
                .body("jobs[0].id", equalTo(id))
                .body("jobs[0].name", equalTo("job1"))
                .body("jobs[0].spec", equalTo("*/1 * * * *"))
                .body("jobs[0].enabled", equalTo(true))
                .body("jobs[0].target_type", equalTo("SingleTask"))
                .body("jobs[0].next_time_epoch", equalTo((int) (minute * 60)))
                .body("jobs[0].summary.exec_type", equalTo("Shell"))
                .body("jobs[0].summary.exec_command", equalTo("echo hello"))
                .body("jobs[0].timezone", equalTo("UTC"))
                .body("jobs[0].misfire", equalTo("once"))
                .body("jobs[0].overlap", equalTo("allow"))
                .body("jobs[0].created_by", equalTo("tester"))
                .body("jobs[0]", not(hasKey("task")));
        get("/" + id).statusCode(200).body("job.task.name", equalTo("say hello"));
        caller.operator().delete("/api/cron/jobs/" + id).then().statusCode(200).body("ok", equalTo(true));
        refused(caller.operator().delete("/api/cron/jobs/" + id).then(), 404, "job not found");
        get("").body("jobs", empty());
    }

    @Test
    void what_a_body_leaves_out_is_filled_in_as_the_contract_says() {
        String id = created(SMALL.formatted(""));
        get("/" + id)
                .body("job.target_type", equalTo("SingleTask"))
                .body("job.task.id", equalTo("task"))
                .body("job.task.name", equalTo("small"))
                .body("job.task.exec_type", equalTo("Local"))
                .body("job.summary.exec_type", equalTo("Local"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | name/spec is required",
                "{\"name\":\"a\"} | name/spec is required",
                "{\"spec\":\"* * * * *\"} | name/spec is required",
                "{\"name\":\"a\",\"spec\":\"* * * * *\"} | SingleTask requires 'task' field",
                "{\"name\":\"a\",\"spec\":\"* * * * *\",\"target_type\":\"Dag\"} | Dag requires 'dag' object",
                "{\"name\":\"a\",\"spec\":\"* * * * *\",\"target_type\":\"Dag\",\"dag\":{}} | Dag requires 'tasks' array",
                "{\"name\":\"a\",\"spec\":\"* * * * *\",\"target_type\":\"Dag\",\"dag\":{\"tasks\":[]}} | Dag tasks is empty",
                "{\"name\":\"a\",\"spec\":\"* * * * *\",\"target_type\":\"Template\"} | Template requires 'template' object",
                "{\"name\":\"a\",\"spec\":\"* * * * *\",\"target_type\":\"Template\",\"template\":{}} | template_id: a template's id is required",
                "{\"name\":\"a\",\"spec\":\"* * * * *\",\"target_type\":\"Boat\"} | target_type: 'Boat' is not one of SingleTask, Dag, Template",
                "{\"name\":\"a\",\"spec\":\"61 * * * *\",\"task\":{}} | minute: 61 is not in 0-59",
                "{\"name\":\"a\",\"spec\":\"* * * * * *\",\"task\":{}} | spec: exactly five fields are wanted (minute hour day-of-month month day-of-week), not 6",
                "{\"name\":\"a\",\"spec\":\"0 0 30 2 *\",\"task\":{}} | day-of-month: the spec never fires, no such day is in month 2",
                "{\"name\":\"a\",\"spec\":\"* * * * *\",\"timezone\":\"Mars\",\"task\":{}} | timezone: 'Mars' is not an IANA time zone",
                "{\"name\":\"a\",\"spec\":\"* * * * *\",\"misfire\":\"x\",\"task\":{}} | misfire: 'x' is not one of skip, once, all",
                "{\"name\":\"a\",\"spec\":\"* * * * *\",\"overlap\":\"x\",\"task\":{}} | overlap: 'x' is not one of allow, skip, queue, cancel_previous",
                "{\"name\":\"a\",\"spec\":\"* * * * *\",\"enabled\":\"x\",\"task\":{}} | enabled: must be true or false",
                "{\"name\":\"a\",\"spec\":\"* * * * *\",\"task\":{\"exec_type\":\"Boat\"}} | task: unknown exec_type: Boat (allowed: Local, Remote, Script, HttpCall, Shell)",
                "{\"name\":\"a\",\"spec\":\"* * * * *\",\"task\":{\"timeout_ms\":\"soon\"}} | task: timeout_ms must be an integer",
                "nonsense | invalid json",
                "[] | invalid json"
            })
    void a_mistake_is_answered_naming_the_field(String body, String message) {
        refused(post("", body), 400, message);
        get("").body("jobs", empty());
    }

    @Test
    void the_contract_s_dag_works_as_pasted() {
        String id = created("""
                {"name":"job1","spec":"*/1 * * * *","target_type":"Dag","dag":{"config":{"fail_policy":"SkipDownstream",
                 "max_parallel":4},"tasks":[{"id":"b","exec_type":"Local","exec_command":"noop"},{"id":"a","deps":["b"],"name":"a",
                 "timeout_ms":0,"retry_count":0,"retryDelay":1000,"exec_type":"Local","exec_command":"noop"}]}}""");
        get("").body("jobs[0].target_type", equalTo("Dag")).body("jobs[0].summary", anEmptyMap());
        get("/" + id).body("job.dag.tasks", hasSize(2)).body("job.dag.config.max_parallel", equalTo(4));
        String run = caller.operator()
                .post("/api/cron/jobs/" + id + "/run")
                .then()
                .statusCode(200)
                .body("fire.kind", equalTo("run"))
                .extract()
                .path("fire.started_id");
        assertThat(run).matches("\\d{13}_[0-9A-Za-z]{6}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Dag      | {\"tasks\":[{\"id\":\"a\",\"deps\":[\"a\"]}]}                           | a",
                "Dag      | {\"tasks\":[{\"id\":\"a\",\"deps\":[\"b\"]},{\"id\":\"b\",\"deps\":[\"a\"]}]} | cycle",
                "Dag      | {\"tasks\":[{\"id\":\"a\",\"deps\":[\"nobody\"]}]}                      | nobody",
                "Dag      | {\"tasks\":[{\"id\":\"twin\"},{\"id\":\"twin\"}]}                        | twin",
                "Template | {\"template_id\":\"nowhere\"}                                              | template not found",
                "Template | {\"template_id\":\"needs-x\"}                                              | x"
            })
    void a_graph_or_template_that_cannot_run_is_refused_at_once(String type, String target, String says) {
        caller.operator().baseUri(dagService).body("""
                        {"template_id":"needs-x","name":"n","schema":{"params":[{"name":"x","type":"string","required":true}]},
                         "task_json_template":{"tasks":[{"id":"a","exec_command":"echo","exec_params":{"message":"{{x}}"}}]}}""").post("/template");
        post(
                        "",
                        "{\"name\":\"j\",\"spec\":\"* * * * *\",\"target_type\":\"%s\",\"%s\":%s}"
                                .formatted(type, type.toLowerCase(Locale.ROOT), target))
                .statusCode(400)
                .body("ok", equalTo(false))
                .body("error", containsString(says));
        get("").body("jobs", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void a_deletion_names_its_job(String path) {
        refused(caller.operator().delete("/api/cron/jobs" + path).then(), 400, "missing job id");
    }

    @Test
    void ids_are_unique_however_fast_they_are_made() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            ids.add(created(SMALL.formatted("")));
        }
        assertThat(ids).hasSize(30);
    }

    @Test
    void a_job_is_paused_with_a_reason_and_resumed() {
        String id = created(SMALL.formatted(""));
        post("/" + id + "/pause", "{\"reason\":\"maintenance\"}")
                .statusCode(200)
                .body("job.enabled", equalTo(false))
                .body("job.pause_reason", equalTo("maintenance"))
                .body("job.next_time_epoch", equalTo(0));
        caller.operator()
                .post("/api/cron/jobs/" + id + "/resume")
                .then()
                .statusCode(200)
                .body("job.enabled", equalTo(true))
                .body("job.pause_reason", equalTo(""))
                .body("job.next_time_epoch", not(equalTo(0)));
        caller.operator().post("/api/cron/jobs/" + id + "/pause").then().statusCode(200);
        String disabled = created(SMALL.formatted(",\"enabled\":false"));
        get("/" + disabled).body("job.enabled", equalTo(false)).body("job.next_time_epoch", equalTo(0));
    }

    @Test
    void a_job_is_replaced_whole_and_stays_paused() {
        String id = created(SMALL.formatted(""));
        post("/" + id + "/pause", "{}");
        caller.operator()
                .body(EXAMPLE)
                .put("/api/cron/jobs/" + id)
                .then()
                .statusCode(200)
                .body("job_id", equalTo(id));
        get("/" + id)
                .body("job.name", equalTo("job1"))
                .body("job.enabled", equalTo(false))
                .body("job.summary.exec_type", equalTo("Shell"));
        refused(caller.operator().body("{}").put("/api/cron/jobs/" + id).then(), 400, "name/spec is required");
    }

    @Test
    void the_preview_is_in_the_job_s_own_zone() {
        String id = created(SMALL.formatted(",\"timezone\":\"Asia/Kathmandu\""));
        ValidatableResponse preview = get("/" + id + "/next?n=3").statusCode(200);
        preview.body("timezone", equalTo("Asia/Kathmandu"))
                .body("times", hasSize(3))
                .body("times[0].time", matchesPattern("\\d{4}-\\d\\d-\\d\\dT12:00:00\\+05:45"));
        int first = preview.extract().path("times[0].epoch");
        int second = preview.extract().path("times[1].epoch");
        assertThat(second - first).isEqualTo(86_400);
        get("/" + id + "/next?n=0").body("times", hasSize(1));
        get("/" + id + "/next?n=many").body("times", hasSize(10));
        get("/" + id + "/next?n=1000").body("times", hasSize(100));
    }

    @Test
    void a_fire_by_hand_and_a_backfill_are_in_the_history_newest_first() {
        String id = created("""
                {"name":"m","spec":"* * * * *","task":{"exec_command":"noop"}}""");
        long now = tables.nowMs() / MINUTE_MS * MINUTE_MS;
        caller.operator()
                .post("/api/cron/jobs/" + id + "/run")
                .then()
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("fire.source", equalTo("manual"))
                .body("fire.state", equalTo("created"))
                .body("fire.kind", equalTo("task"))
                .body("fire.started_id", matchesPattern("[0-9a-f-]{36}"));
        String range =
                "{\"from\":\"%s\",\"to\":%d}".formatted(Instant.ofEpochMilli(now - 2 * MINUTE_MS), now - MINUTE_MS);
        post("/" + id + "/backfill", range)
                .statusCode(200)
                .body("created", equalTo(2))
                .body("already", equalTo(0))
                .body("times", equalTo(java.util.List.of(now - 2 * MINUTE_MS, now - MINUTE_MS)));
        post("/" + id + "/backfill", range).body("created", equalTo(0)).body("already", equalTo(2));
        int before = get("/" + id + "/fires?limit=2")
                .statusCode(200)
                .body("fires", hasSize(2))
                .body("fires[0].source", equalTo("backfill"))
                .body("fires[0].scheduled_ms", equalTo(now - MINUTE_MS))
                .body(
                        "fires[0].scheduled_at",
                        equalTo(Instant.ofEpochMilli(now - MINUTE_MS).toString().replace("Z", ".000Z")))
                .body("fires[0].state", equalTo("created"))
                .body("fires[0].lateness_ms", equalTo(0))
                .extract()
                .path("next_before");
        get("/" + id + "/fires?limit=2&before=" + before)
                .body("fires", hasSize(1))
                .body("fires[0].source", equalTo("manual"))
                .body("next_before", nullValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                   | from: is required",
                "{\"from\":1}                         | to: is required",
                "{\"from\":\"soon\",\"to\":2}         | from: 'soon' is neither an RFC 3339 time nor epoch milliseconds",
                "{\"from\":2,\"to\":1}                | from: must not be after 'to'",
                "{\"from\":1,\"to\":99999999999999}   | to: must not be in the future",
                "{\"from\":0,\"to\":\"1970-01-07T00:00:00Z\"} | to: more than 5 fires are in the range, the last that fits is 1970-01-05T12:00:00Z"
            })
    void a_backfill_that_cannot_be_says_why(String body, String message) {
        String id = created(SMALL.formatted(""));
        refused(post("/" + id + "/backfill", body), 400, message);
    }

    @ParameterizedTest
    @CsvSource({"GET,", "PUT,", "POST,/pause", "POST,/resume", "POST,/run", "GET,/next", "POST,/backfill", "GET,/fires"
    })
    void a_job_that_nobody_knows_is_not_found(String method, String path) {
        refused(
                caller.operator()
                        .body(SMALL.formatted(",\"from\":1,\"to\":2"))
                        .request(method, "/api/cron/jobs/job_0" + (path == null ? "" : path))
                        .then(),
                404,
                "job not found");
    }

    @Test
    void who_has_no_token_or_not_the_role_is_told_so_in_the_same_form() {
        refused(given().get("/api/cron/jobs").then(), 401, "unauthorized");
        refused(caller.with(Roles.VIEWER).body(EXAMPLE).post("/api/cron/jobs").then(), 403, "forbidden");
        caller.with(Roles.VIEWER).get("/api/cron/jobs").then().statusCode(200);
        caller.operator().patch("/api/cron/jobs").then().statusCode(405).body("ok", equalTo(false));
        caller.operator()
                .contentType("text/plain")
                .body("{}")
                .post("/api/cron/jobs")
                .then()
                .statusCode(415)
                .body("ok", equalTo(false));
    }

    @Test
    void it_is_ready_and_shows_its_numbers() {
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("taskhub_cron_fires_total"))
                .body(containsString("taskhub_cron_lateness"))
                .body(containsString("taskhub_cron_queued"));
    }

    @Test
    void a_job_of_another_kind_has_an_empty_summary() {
        String id = created(EXAMPLE);
        tables.update(
                "UPDATE job SET target_type = 'Template', target = '{\"template_id\":\"t\",\"params\":{\"a\":1.50}}' WHERE id = ?",
                id);
        get("/" + id)
                .body("job.summary", anEmptyMap())
                .body("job.template.template_id", equalTo("t"))
                .body("job.template.params.a", equalTo(1.5f));
    }
}
