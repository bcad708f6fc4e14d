package io.taskhub.task.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.RestAssured;
import io.taskhub.local.TestInfrastructure;
import io.taskhub.task.TaskServiceTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contracts' 500 and 503 rows: what is answered while there is no database. */
@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseDownContractTest {
    private static final String ID = "00000000-0000-7000-8000-000000000000";

    @Inject
    Calls calls;

    private static int port;

    @BeforeAll
    static void stop() {
        TestInfrastructure.stopPostgres();
    }

    @BeforeEach
    void the_service_knows() {
        port = RestAssured.port;
        awaitReady(503);
    }

    @AfterAll
    static void start() {
        TestInfrastructure.startPostgres();
        awaitReady(200);
    }

    private static void awaitReady(int status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> given().port(port).get("/ready").statusCode() == status);
    }

    @Test
    void the_health_checks_say_so() {
        given().get("/health")
                .then()
                .statusCode(503)
                .body("status", equalTo("unhealthy"))
                .body("services.redis", equalTo("unhealthy"))
                .body("services.postgres", equalTo("unhealthy"))
                .body("services.kafka", equalTo("healthy"));
        given().get("/ready")
                .then()
                .statusCode(503)
                .body("status", equalTo("not ready"))
                .body("reason", equalTo("redis unavailable"));
        given().get("/live").then().statusCode(200).body("status", equalTo("alive"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/api/v1/tasks,INTERNAL_ERROR",
        "GET,/api/v1/tasks/" + ID + ",INTERNAL_ERROR",
        "POST,/api/v1/tasks/" + ID + "/cancel,CANCEL_FAILED",
        "DELETE,/api/v1/tasks/" + ID + ",DELETE_FAILED",
        "GET,/api/v1/tasks/" + ID + "/progress,PROGRESS_FETCH_ERROR",
        "GET,/api/v1/tasks/" + ID + "/progress/history,PROGRESS_FETCH_ERROR",
        "GET,/api/v1/tasks/" + ID + "/progress/info,PROGRESS_FETCH_ERROR",
        "GET,/api/v1/queues/stats,STATS_FAILED"
    })
    void every_endpoint_of_v1_has_its_own_500(String method, String path, String code) {
        calls.operator()
                .body("{\"type\":\"noop\",\"payload\":{}}")
                .request(method, path)
                .then()
                .statusCode(500)
                .body("code", equalTo(code))
                .body("error", notNullValue())
                .body("details", notNullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/api/tasks",
        "GET,/api/tasks",
        "GET,/api/tasks/" + ID,
        "POST,/api/tasks/" + ID + "/cancel",
        "GET,/api/tasks/logs?task_id=" + ID
    })
    void task_hub_answers_500_in_its_envelope(String method, String path) {
        calls.operator()
                .body("{\"name\":\"a\",\"params\":{\"cmd\":\"true\"}}")
                .request(method, path)
                .then()
                .statusCode(500)
                .body("code", equalTo(500))
                .body("message", notNullValue());
    }
}
