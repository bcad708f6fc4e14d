package io.taskhub.worker.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.taskhub.contracts.Roles;
import io.taskhub.local.TestInfrastructure;
import io.taskhub.worker.Caller;
import io.taskhub.worker.DatabaseClock;
import io.taskhub.worker.QuietProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(QuietProfile.class)
@WithTestResource(
        value = TestInfrastructure.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "worker"))
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkersContractTest {
    @Inject
    Caller caller;

    @Inject
    DatabaseClock clock;

    @BeforeEach
    void empty_registry() {
        clock.reset();
    }

    private ValidatableResponse post(String path, String body) {
        return caller.admin().body(body).post("/api/workers/" + path).then();
    }

    private ValidatableResponse list() {
        return caller.admin().get("/api/workers").then().statusCode(200).body("ok", equalTo(true));
    }

    @Test
    void a_worker_registers_and_is_listed_as_the_contract_shows_it() {
        post("register", """
                {"id":"worker-1","host":"127.0.0.1","port":8083,"queues":["default"],"labels":["gpu"],"running_tasks":1,
                 "max_running_tasks":4,"types":["train"],"token":"secret"}""").statusCode(200).body("ok", equalTo(true));
        list().body("workers", hasSize(1))
                .body("workers[0].id", equalTo("worker-1"))
                .body("workers[0].host", equalTo("127.0.0.1"))
                .body("workers[0].port", equalTo(8083))
                .body("workers[0].running_tasks", equalTo(1))
                .body("workers[0].alive", equalTo(true))
                .body("workers[0].last_seen_ms_ago", greaterThanOrEqualTo(0))
                .body("workers[0].queues", contains("default"))
                .body("workers[0].labels", contains("gpu"))
                .body("workers[0].types", contains("train"))
                .body("workers[0].max_running_tasks", equalTo(4))
                .body("workers[0]", not(hasKey("token")));
    }

    @Test
    void a_heartbeat_says_how_many_tasks_run() {
        post("register", "{\"id\":\"w\",\"port\":1}").statusCode(200);
        post("heartbeat", "{\"id\":\"w\",\"running_tasks\":2}").statusCode(200).body("ok", equalTo(true));
        list().body("workers[0].running_tasks", equalTo(2));
        post("heartbeat", "{\"id\":\"w\"}").statusCode(200);
        list().body("workers[0].running_tasks", equalTo(2));
    }

    @Test
    void it_is_alive_for_10_seconds_and_forgotten_after_60() {
        post("register", "{\"id\":\"w\",\"port\":1}").statusCode(200);
        clock.ahead(9);
        list().body("workers[0].alive", equalTo(true));
        clock.ahead(11);
        list().body("workers[0].alive", equalTo(false))
                .body("workers[0].last_seen_ms_ago", greaterThanOrEqualTo(11_000));
        post("heartbeat", "{\"id\":\"w\"}").statusCode(200);
        list().body("workers[0].alive", equalTo(true));
        clock.ahead(72);
        list().body("workers", empty());
        post("heartbeat", "{\"id\":\"w\"}").statusCode(404).body("message", equalTo("worker not found"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "register  | {\"port\":1}                          | 400 | missing required fields: id/port",
                "register  | {\"id\":\"w\"}                        | 400 | missing required fields: id/port",
                "register  | {\"id\":\"w\",\"port\":70000}         | 400 | port must be 1 to 65535",
                "register  | {\"id\":\"w\",\"port\":1,\"queues\":7} | 400 | queues must be an array of strings",
                "register  | {\"id\":\"w\",                        | 400 | invalid json",
                "register  | []                                    | 400 | invalid json",
                "register  | null                                  | 400 | invalid json",
                "heartbeat | {}                                    | 400 | missing worker id",
                "heartbeat | {\"id\":\"nobody\"}                   | 404 | worker not found",
                "heartbeat | nonsense                              | 400 | invalid json"
            })
    void a_mistake_is_answered_in_the_contract_s_words(String path, String body, int status, String message) {
        post(path, body)
                .statusCode(status)
                .body("ok", equalTo(false))
                .body("error", equalTo(message))
                .body("message", equalTo(message));
    }

    @Test
    void who_has_no_token_or_not_the_role_is_told_so_in_the_same_form() {
        given().get("/api/workers")
                .then()
                .statusCode(401)
                .body("ok", equalTo(false))
                .body("error", equalTo("unauthorized"));
        given().auth()
                .oauth2("nonsense")
                .get("/api/workers")
                .then()
                .statusCode(401)
                .body("ok", equalTo(false));
        caller.with(Roles.VIEWER).get("/api/workers").then().statusCode(200);
        caller.with(Roles.VIEWER)
                .body("{\"id\":\"w\",\"port\":1}")
                .post("/api/workers/register")
                .then()
                .statusCode(403)
                .body("ok", equalTo(false))
                .body("error", equalTo("forbidden"));
    }

    @Test
    void other_requests_that_lead_nowhere_have_the_same_form() {
        caller.admin().delete("/api/workers").then().statusCode(405).body("ok", equalTo(false));
        caller.admin()
                .contentType("text/plain")
                .body("{}")
                .post("/api/workers/register")
                .then()
                .statusCode(415)
                .body("ok", equalTo(false));
        post("register", "{\"id\":\"" + "x".repeat(1 << 20) + "\"}")
                .statusCode(413)
                .body("ok", equalTo(false));
    }
}
