package io.taskhub.dag.api.taskhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.path.json.JsonPath;
import io.taskhub.contracts.TaskId;
import io.taskhub.dag.Calls;
import io.taskhub.dag.DagServiceTest;
import io.taskhub.dag.NodeStatus;
import io.taskhub.dag.RunStatus;
import io.taskhub.dag.StoredRows;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three lists of taskhub.md, "DAG run", their filters and limits, on rows that are there already. */
@DagServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DagQueriesTest {
    /** Of a year that no run of another test starts in. */
    private static final long T = 4_000_000_000_000L;

    @Inject
    Calls calls;

    @Inject
    StoredRows rows;

    private String tag;
    private String first;
    private String second;
    private String third;

    @BeforeEach
    void three_runs() {
        tag = UUID.randomUUID().toString().substring(0, 8);
        first = rows.run("Nightly-" + tag, "manual", RunStatus.FAILED, T, T + 5);
        second = rows.run("nightly-" + tag + "-b", "cron", RunStatus.SUCCESS, T + 10, T + 15);
        third = rows.run("other-" + tag, "template", RunStatus.CANCELED, T + 20, T + 25);
    }

    private JsonPath get(String path) {
        return calls.viewer()
                .get("/api/dag/" + path)
                .then()
                .statusCode(200)
                .body("code", equalTo(0))
                .extract()
                .jsonPath();
    }

    private List<String> runs(String query) {
        return get("runs?limit=500&" + query).getList("data.items.run_id");
    }

    @Test
    void a_run_in_a_list_has_exactly_the_contracts_fields() {
        JsonPath answer = get("runs?run_id=" + first);
        Map<String, Object> item = answer.getMap("data.items[0]");
        assertThat(item)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("run_id", first),
                        Map.entry("name", "Nightly-" + tag),
                        Map.entry("source", "manual"),
                        Map.entry("status", 2),
                        Map.entry("start_ts_ms", T),
                        Map.entry("end_ts_ms", T + 5),
                        Map.entry("total", 4),
                        Map.entry("success_count", 1),
                        Map.entry("failed_count", 1),
                        Map.entry("skipped_count", 2),
                        Map.entry("message", "dag failed")));
        assertThat(answer.getMap("data")).containsOnlyKeys("items");
    }

    @ParameterizedTest
    @CsvSource({
        "name=NIGHTLY-{tag}, 1 0",
        "name={tag}, 2 1 0",
        "name=ly-{tag}-, 1",
        "name={tag}&source=cron, 1",
        "name={tag}&status=failed, 0",
        "name={tag}&status=3, 2",
        "name={tag}&start_ts_ms=4000000000010, 2 1",
        "name={tag}&end_ts_ms=4000000000010, 1 0",
        "name={tag}&start_ts_ms=4000000000001&end_ts_ms=4000000000019, 1",
        "name={tag}&start_ts_ms=never&end_ts_ms=, 2 1 0",
        "name={tag}&run_id=&source=&status=, 2 1 0",
        "name={tag}%25, ''",
        "run_id=unknown, ''"
    })
    void runs_are_filtered_and_the_newest_start_comes_first(String query, String expected) {
        List<String> all = List.of(first, second, third);
        List<String> meant = new ArrayList<>();
        for (String number : expected.isEmpty() ? new String[0] : expected.split(" ", -1)) {
            meant.add(all.get(Integer.parseInt(number)));
        }
        String asked = query.replace("{tag}", tag);
        assertThat(calls.viewer()
                        .urlEncodingEnabled(false)
                        .get("/api/dag/runs?" + asked)
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .<String>getList("data.items.run_id"))
                .isEqualTo(meant);
    }

    @Test
    void a_page_says_where_the_next_one_begins() {
        JsonPath page = get("runs?limit=2&name=" + tag);
        assertThat(page.<String>getList("data.items.run_id")).containsExactly(third, second);
        String before = page.getString("data.next_before");
        assertThat(runs("name=" + tag + "&before=" + before)).containsExactly(first);
    }

    @ParameterizedTest
    @CsvSource({"runs,600,500", "runs,0,1", "runs,-5,1", "runs,many,100", "task_runs,5000,1000", "events,5000,1000"})
    void limits_are_clamped(String list, String limit, int meant) {
        calls.viewer()
                .get("/api/dag/%s?limit=%s".formatted(list, limit))
                .then()
                .statusCode(200)
                .body("data.items.size()", lessThanOrEqualTo(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runs?status=great",
                "task_runs?status=9",
                "runs?before=x",
                "events?before=1:x",
                "task_runs?before=x"
            })
    void an_additive_parameter_that_means_nothing_is_refused(String path) {
        calls.viewer()
                .get("/api/dag/" + path)
                .then()
                .statusCode(400)
                .body("code", equalTo(400))
                .body("data", nullValue());
    }

    @Test
    void a_node_has_exactly_the_contracts_fields_and_pending_ones_are_shown() {
        UUID task = TaskId.next().uuid();
        rows.node(first, 0, "a", "step-a");
        rows.node(first, 1, "b", "step-b");
        rows.nodeRun(first, 0, NodeStatus.FAILED, task, "out");
        JsonPath answer = get("task_runs?run_id=" + first);
        assertThat(answer.<String>getList("data.items.logical_id")).containsExactly("b", "a");
        Map<String, Object> node = answer.getMap("data.items[1]");
        assertThat(((Number) node.remove("id")).longValue()).isPositive();
        assertThat(node)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("run_id", first),
                        Map.entry("logical_id", "a"),
                        Map.entry("task_id", "a"),
                        Map.entry("engine_id", task.toString()),
                        Map.entry("name", "step-a"),
                        Map.entry("exec_type", "Shell"),
                        Map.entry("exec_command", "echo {{nodes.a.stdout}}"),
                        Map.entry("exec_params", Map.of("n", "1")),
                        Map.entry("deps", List.of("a")),
                        Map.entry("status", 3),
                        Map.entry("exit_code", 9),
                        Map.entry("duration_ms", 1000),
                        Map.entry("message", "why"),
                        Map.entry("stdout", "out"),
                        Map.entry("stderr", "err"),
                        Map.entry("attempt", 2),
                        Map.entry("max_attempts", 3),
                        Map.entry("start_ts_ms", 1000),
                        Map.entry("end_ts_ms", 2000)));
        assertThat(answer.getMap("data.items[0]"))
                .containsEntry("status", 0)
                .containsEntry("attempt", 0)
                .containsEntry("max_attempts", 3)
                .containsEntry("start_ts_ms", 0)
                .containsEntry("end_ts_ms", 0)
                .containsEntry("engine_id", "");
    }

    @Test
    void nodes_are_filtered_by_their_exact_name_and_more() {
        rows.node(first, 0, "a", tag);
        rows.node(first, 1, "l-" + tag, tag + "x");
        rows.node(second, 0, "a", tag);
        rows.nodeRun(second, 0, NodeStatus.SKIPPED, null, "");
        assertThat(get("task_runs?name=" + tag).<String>getList("data.items.run_id"))
                .containsExactly(second, first);
        assertThat(get("task_runs?run_id=" + first + "&name=" + tag).<String>getList("data.items.logical_id"))
                .containsExactly("a");
        assertThat(get("task_runs?logical_id=l-" + tag).<String>getList("data.items.name"))
                .containsExactly(tag + "x");
        assertThat(get("task_runs?status=skipped&name=" + tag).<String>getList("data.items.run_id"))
                .containsExactly(second);
        JsonPath page = get("task_runs?limit=1&name=" + tag);
        assertThat(get("task_runs?name=" + tag + "&before=" + page.getString("data.next_before"))
                        .<String>getList("data.items.run_id"))
                .containsExactly(first);
    }

    @Test
    void an_event_shows_its_extra_whole_and_flat() {
        rows.event(first, 1, null, "dag_start", T, "{\"name\":\"n\"}");
        rows.event(first, 2, "a", "dag_node_end", T + 1, "{\"status\":3,\"event\":\"mine\",\"x\":{\"y\":[1]}}");
        List<Map<String, Object>> items = get("events?run_id=" + first).getList("data.items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0))
                .containsOnlyKeys("id", "task_id", "run_id", "type", "event", "ts_ms", "extra", "status", "x")
                .containsEntry("task_id", "a")
                .containsEntry("type", "event")
                .containsEntry("event", "dag_node_end")
                .containsEntry("ts_ms", T + 1)
                .containsEntry("extra", Map.of("status", 3, "event", "mine", "x", Map.of("y", List.of(1))))
                .containsEntry("status", 3);
        assertThat(items.get(1))
                .containsEntry("task_id", "")
                .containsEntry("type", "dag")
                .containsEntry("name", "n");
    }

    @Test
    void events_are_filtered_by_anything() {
        TaskId task = TaskId.next();
        String node = "n-" + tag;
        rows.node(first, 0, node, "n");
        rows.nodeRun(first, 0, NodeStatus.FAILED, task.uuid(), "");
        rows.event(first, 1, null, "dag_start", T, "{}");
        rows.event(first, 2, node, "dag_node_ready", T + 1, "{}");
        rows.event(first, 3, node, "dag_node_start", T + 1, "{}");
        rows.event(second, 1, node, "dag_node_start", T + 3, "{}");
        assertEvents("task_id=" + node, "dag_node_start", "dag_node_start", "dag_node_ready");
        assertEvents("task_id=" + node + "&run_id=" + second, "dag_node_start");
        assertEvents("task_id=" + task, "dag_node_start", "dag_node_ready");
        assertEvents("task_id=" + task.tsk() + "&run_id=" + first, "dag_node_start", "dag_node_ready");
        assertEvents("task_id=" + task + "&run_id=" + second);
        assertEvents("task_id=" + TaskId.next());
        assertEvents("run_id=" + first + "&type=dag", "dag_start");
        assertEvents("run_id=" + first + "&type=event&event=dag_node_ready", "dag_node_ready");
        assertEvents("run_id=" + first + "&type=log");
        assertEvents("task_id=" + node + "&start_ts_ms=" + (T + 2), "dag_node_start");
        assertEvents("task_id=" + node + "&end_ts_ms=" + (T + 2), "dag_node_start", "dag_node_ready");
        JsonPath page = get("events?limit=2&run_id=" + first);
        assertThat(page.<String>getList("data.items.event")).containsExactly("dag_node_start", "dag_node_ready");
        assertEvents("run_id=" + first + "&before=" + page.getString("data.next_before"), "dag_start");
    }

    private void assertEvents(String query, String... events) {
        assertThat(get("events?" + query).<String>getList("data.items.event"))
                .as(query)
                .containsExactly(events);
    }

    @Test
    void a_run_is_shown_whole() {
        rows.node(first, 0, "a", "a");
        rows.node(first, 1, "b", "b");
        rows.node(first, 2, "c", "c");
        rows.node(first, 3, "d", "d");
        rows.nodeRun(first, 0, NodeStatus.SUCCESS, TaskId.next().uuid(), "x".repeat(5_000));
        rows.nodeRun(first, 1, NodeStatus.TIMEOUT, TaskId.next().uuid(), "");
        rows.nodeRun(first, 2, NodeStatus.CANCELED, TaskId.next().uuid(), "");
        rows.nodeRun(first, 3, NodeStatus.SKIPPED, null, "");
        calls.viewer()
                .get("/api/dag/runs/" + first)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("data.run_id", equalTo(first))
                .body("data.status", equalTo(2))
                .body("data.config.fail_policy", equalTo("FailFast"))
                .body("data.config.max_parallel", equalTo(3))
                .body("data.config.params.x", equalTo(1.5f))
                .body("data.config.template_id", equalTo("t1"))
                .body("data.config.cron_job_id", nullValue())
                .body("data.config.created_by", equalTo("ann"))
                .body("data.nodes.id", contains("a", "b", "c", "d"))
                .body("data.nodes.run_id", contains(first, first, first, first))
                .body("data.nodes.result.status", contains(2, 6, 5, 4))
                .body("data.nodes[0].result.stdout.length()", equalTo(5_000))
                .body("data.nodes[0].result.metadata.k", contains(1, 2.5f))
                .body("data.summary.total", equalTo(4))
                .body("data.summary.success", contains("a"))
                .body("data.summary.failed", contains("b"))
                .body("data.summary.canceled", contains("c"))
                .body("data.summary.skipped", contains("d"));
        calls.viewer().get("/api/dag/runs/unknown").then().statusCode(404).body("code", equalTo(404));
    }

    @Test
    void more_nodes_than_a_page_come_whole_with_their_outputs_cut() {
        for (int i = 0; i < 1_100; i++) {
            rows.node(third, i, "n" + i, "n");
        }
        rows.nodeRun(third, 7, NodeStatus.SUCCESS, null, "y".repeat(2 << 20));
        calls.viewer()
                .get("/api/dag/runs/" + third)
                .then()
                .statusCode(200)
                .body("data.nodes", hasSize(1_100))
                .body("data.nodes[7].result.stdout.length()", equalTo(1 << 20))
                .body("data.summary.failed", empty());
        assertThat(get("task_runs?limit=1000&run_id=" + third + "&logical_id=n7")
                        .getString("data.items[0].stdout"))
                .hasSize((16 << 20) / 1_000);
    }
}
