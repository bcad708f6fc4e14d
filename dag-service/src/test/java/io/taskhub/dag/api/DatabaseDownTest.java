package io.taskhub.dag.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.RestAssured;
import io.taskhub.dag.Calls;
import io.taskhub.dag.DagServiceTest;
import io.taskhub.local.TestInfrastructure;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What every dialect answers while there is no database, and that all is well again afterwards. */
@DagServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseDownTest {
    private static final String NOOP = "{\"tasks\":[{\"id\":\"a\",\"exec_command\":\"noop\"}]}";

    @Inject
    Calls calls;

    private static void awaitReady(int port, int status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> given().port(port).get("/q/health/ready").statusCode() == status);
    }

    @Test
    void every_dialect_says_503_and_a_run_succeeds_when_the_database_is_back() {
        int port = RestAssured.port;
        TestInfrastructure.stopPostgres();
        try {
            awaitReady(port, 503);
            calls.viewer()
                    .get("/api/dag/runs")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("code", equalTo(503))
                    .body("$", hasKey("data"));
            calls.operator()
                    .body(NOOP)
                    .post("/api/dag/run")
                    .then()
                    .statusCode(503)
                    .body("code", equalTo(503));
            calls.operator().body(NOOP).post("/api/dag/run_async").then().statusCode(503);
            calls.operator().post("/api/dag/runs/x/cancel").then().statusCode(503);
            calls.viewer().get("/template/x").then().statusCode(503).body("ok", equalTo(false));
            calls.service()
                    .get("/internal/runs/x/events")
                    .then()
                    .statusCode(503)
                    .body("code", equalTo("unavailable"));
        } finally {
            TestInfrastructure.startPostgres();
        }
        awaitReady(port, 200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> calls.operator().body(NOOP).post("/api/dag/run").statusCode() == 200);
    }
}
