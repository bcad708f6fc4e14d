package io.taskhub.dag.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.path.json.JsonPath;
import io.taskhub.contracts.TaskId;
import io.taskhub.dag.Calls;
import io.taskhub.dag.DagServiceTest;
import io.taskhub.dag.NodeStatus;
import io.taskhub.dag.RunStatus;
import io.taskhub.dag.StoredRows;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DagServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InternalApiTest {
    private static final Map<String, Object> NOOP = Map.of("tasks", List.of(Map.of("id", "a", "exec_command", "noop")));

    @Inject
    Calls calls;

    @Inject
    StoredRows rows;

    private final String key = "cron:job_1:" + UUID.randomUUID();

    private static Map<String, Object> order(String key, String name, Map<String, Object> dag) {
        return Map.of(
                "key", key, "source", "cron", "name", name, "cron_job_id", "job_1", "created_by", "ann", "dag", dag);
    }

    private JsonPath post(String path, Object body) {
        return calls.service()
                .body(body)
                .post("/internal/runs" + path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void an_order_starts_one_run_however_often_it_comes_and_a_bad_one_fails_alone() {
        List<Object> orders = List.of(
                order(key, "the job", NOOP),
                order(key + "-2", "bad", Map.of("tasks", List.of(Map.of("id", "a", "deps", List.of("b"))))),
                Map.of("key", key + "-3", "source", "cron", "name", "n", "created_by", "ann"),
                Map.of(
                        "key",
                        key + "-4",
                        "source",
                        "cron",
                        "name",
                        "n",
                        "created_by",
                        "ann",
                        "template_id",
                        "none-" + key));
        JsonPath first = post("", Map.of("orders", orders));
        JsonPath again = post("", Map.of("orders", orders));
        String run = first.getString("receipts[0].run_id");
        assertThat(run).isNotNull().isEqualTo(again.getString("receipts[0].run_id"));
        assertThat(first.getString("receipts[0].error")).isNull();
        assertThat(first.getString("receipts[1].error")).isEqualTo("task a depends on unknown task b");
        assertThat(first.getString("receipts[1].run_id")).isNull();
        assertThat(first.getString("receipts[2].error")).isEqualTo("neither dag nor template_id says what is to run");
        assertThat(first.getString("receipts[3].error")).isEqualTo("template not found");
        calls.viewer()
                .get("/api/dag/runs?run_id=" + run)
                .then()
                .body("data.items", hasSize(1))
                .body("data.items[0].source", equalTo("cron"))
                .body("data.items[0].name", equalTo("the job"));
        calls.viewer()
                .get("/api/dag/runs/" + run)
                .then()
                .body("data.config.cron_job_id", equalTo("job_1"))
                .body("data.config.created_by", equalTo("ann"));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !post("/states", Map.of("runs", List.of(run)))
                .getList("ended")
                .isEmpty());
    }

    @Test
    void a_check_starts_nothing() {
        JsonPath good = post("/check", order(key, "checked", NOOP));
        assertThat(good.getString("key")).isEqualTo(key);
        assertThat(good.getMap("")).containsOnlyKeys("key");
        assertThat(post("/check", order(key, "checked", Map.of("tasks", List.of())))
                        .getString("error"))
                .isEqualTo("tasks is empty");
        assertThat(post("/check", order(key, "checked", Map.of("name", "a\0b"))).getString("error"))
                .contains("NUL");
    }

    @Test
    void states_tell_running_from_ended_and_pass_over_what_is_not_there() {
        String failed = rows.run("x", "cron", RunStatus.FAILED, 1, 2);
        String running = post(
                        "",
                        Map.of(
                                "orders",
                                List.of(order(
                                        key,
                                        "long",
                                        Map.of(
                                                "tasks",
                                                List.of(Map.of(
                                                        "id",
                                                        "a",
                                                        "exec_type",
                                                        "Shell",
                                                        "exec_command",
                                                        "sleep 60")))))))
                .getString("receipts[0].run_id");
        JsonPath states = post("/states", Map.of("runs", List.of(failed, running, "unknown")));
        assertThat(states.<String>getList("running")).containsExactly(running);
        assertThat(states.<Map<String, Object>>getList("ended"))
                .containsExactly(Map.of("run_id", failed, "status", "failed", "end_ts_ms", 2));
        calls.service()
                .body(Map.of("runs", List.of("unknown", failed, running), "reason", "overlap"))
                .post("/internal/runs/cancel")
                .then()
                .statusCode(204);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> post("/states", Map.of("runs", List.of(running)))
                .getList("ended.status")
                .equals(List.of("canceled")));
    }

    @Test
    void events_come_in_their_order_of_a_run_or_of_the_newest_with_such_a_node() {
        String node = "n-" + UUID.randomUUID();
        TaskId task = TaskId.next();
        rows.node(rows.run("old", "manual", RunStatus.SUCCESS, 1, 2), 0, node, "n");
        String run = rows.run("new", "manual", RunStatus.SUCCESS, 1, 2);
        rows.node(run, 0, node, "n");
        rows.nodeRun(run, 0, NodeStatus.SUCCESS, task.uuid(), "");
        rows.event(run, 1, null, "dag_start", 10, "{\"total\":1}");
        rows.event(run, 2, node, "dag_node_ready", 11, "{}");
        rows.event(run, 3, node, "dag_node_start", 11, "{\"a\":[1]}");
        calls.service()
                .get("/internal/runs/%s/events".formatted(run))
                .then()
                .statusCode(200)
                .body("run_id", equalTo(run))
                .body("more", equalTo(false))
                .body("events.seq", contains(1, 2, 3))
                .body("events[0].extra.total", equalTo(1))
                .body("events[0]", not(hasKey("task_id")))
                .body("events[2].task_id", equalTo(node));
        calls.service()
                .get("/internal/runs/%s/events?after_seq=1&limit=1".formatted(run))
                .then()
                .body("events.seq", contains(2))
                .body("more", equalTo(true));
        for (String id : List.of(node, task.toString(), task.tsk())) {
            calls.service()
                    .get("/internal/runs/%s/events?task_id=%s".formatted(run, id))
                    .then()
                    .body("events.seq", contains(2, 3));
            calls.service()
                    .get("/internal/events?task_id=" + id)
                    .then()
                    .body("run_id", equalTo(run))
                    .body("events.seq", contains(2, 3));
        }
        calls.service()
                .get("/internal/runs/%s/events?task_id=other".formatted(run))
                .then()
                .body("events", empty());
        calls.service()
                .get("/internal/runs/unknown/events")
                .then()
                .statusCode(404)
                .body("code", notNullValue());
        calls.service().get("/internal/events?task_id=unknown").then().statusCode(404);
        calls.service().get("/internal/events").then().statusCode(400);
    }

    @Test
    void too_much_at_once_and_strangers_are_refused() {
        calls.service()
                .body(Map.of("orders", Collections.nCopies(101, order(key, "n", NOOP))))
                .post("/internal/runs")
                .then()
                .statusCode(400);
        calls.service()
                .body(Map.of("runs", Collections.nCopies(1_001, "x")))
                .post("/internal/runs/states")
                .then()
                .statusCode(400)
                .body("data", nullValue());
        calls.operator().body("{}").post("/internal/runs").then().statusCode(403);
    }
}
