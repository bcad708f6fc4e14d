package io.taskhub.task.api.internal;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.RestAssured;
import io.taskhub.task.Given;
import io.taskhub.task.NewTask;
import io.taskhub.task.Submission;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Calls;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InternalApiTest {
    @Inject
    Tasks tasks;

    @Inject
    Calls calls;

    private final NewTask task = Given.task().build();

    @Test
    void a_task_is_claimed_reported_and_its_history_read_over_http() {
        Submission.Accepted id =
                (Submission.Accepted) tasks.submit(List.of(task)).getFirst();
        UUID session = UUID.randomUUID();
        calls.service()
                .body("{\"session\":\"" + session + "\",\"worker\":\"w\",\"request\":\"" + UUID.randomUUID()
                        + "\",\"repeated\":false,\"max\":5,\"queues\":[\"" + task.queue()
                        + "\"],\"types\":[\"noop\"],\"labels\":[],\"wait_ms\":0}")
                .post("/internal/leases/claim")
                .then()
                .statusCode(200)
                .body("leases", hasSize(1))
                .body("leases[0].claim", equalTo(1));
        calls.service()
                .body("{\"session\":\"" + session + "\",\"worker\":\"w\",\"running\":[{\"task\":\"" + id.id()
                        + "\",\"claim\":1}]}")
                .post("/internal/leases/heartbeat")
                .then()
                .statusCode(200)
                .body("lost", hasSize(0));
        String result = "{\"session\":\"" + session + "\",\"reports\":[{\"kind\":\"result\",\"task\":\"" + id.id()
                + "\",\"claim\":1,\"outcome\":\"succeeded\",\"retryable\":true,\"exit_code\":0,\"stdout\":\"\",\"stderr\":\"\","
                + "\"cut\":false,\"message\":\"\",\"duration_ms\":1,\"logs\":0}]}";
        calls.service()
                .body(result)
                .post("/internal/leases/report")
                .then()
                .statusCode(200)
                .body("refused", hasSize(0));
        calls.service()
                .get("/internal/tasks/" + id.number() + "/history?after_seq=1&limit=1")
                .then()
                .statusCode(200)
                .body("state", equalTo("completed"))
                .body("last_seq", equalTo(3))
                .body("events", hasSize(1))
                .body("more", equalTo(true))
                .body("events[0].kind", equalTo("started"));
        calls.service()
                .body("{\"session\":\"" + session + "\"}")
                .post("/internal/leases/leave")
                .then()
                .statusCode(204);
    }

    @Test
    void logs_and_stats_answer_and_what_is_not_there_is_404() {
        calls.service().get("/internal/logs?task=nobody").then().statusCode(200).body("records", hasSize(0));
        calls.service().get("/internal/logs").then().statusCode(400);
        calls.service().get("/internal/logs?task=a&offsets=x").then().statusCode(400);
        calls.service().get("/internal/stats").then().statusCode(200).body("submitted", greaterThanOrEqualTo(0));
        calls.service().get("/internal/tasks/nobody/history").then().statusCode(404);
    }

    @Test
    void only_services_may_call() {
        RestAssured.given().get("/internal/stats").then().statusCode(401);
        calls.operator().get("/internal/stats").then().statusCode(403);
        calls.as("root", "admin", "operator", "viewer", "worker")
                .body("{}")
                .post("/internal/leases/claim")
                .then()
                .statusCode(403);
    }
}
