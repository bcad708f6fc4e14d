package io.taskhub.dag.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.taskhub.dag.Dag;
import io.taskhub.dag.DagReader;
import io.taskhub.dag.NewRun;
import io.taskhub.dag.RunException;
import io.taskhub.dag.Runs;
import io.taskhub.dag.sql.Columns;
import io.taskhub.dag.sql.Database;
import io.taskhub.local.TestInfrastructure;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Runs on the real engine: task-service and worker-service as processes beside this service. */
@QuarkusTest
@WithTestResource(
        value = TestInfrastructure.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = {
            @ResourceArg(name = "schema", value = "dag"),
            @ResourceArg(name = "services", value = "task-service,worker-service")
        })
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RunsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NODES = """
            SELECT n.logical_id, coalesce(r.status, 0), r.exit_code, r.stdout, r.message, r.attempt
            FROM node n LEFT JOIN node_run r USING (run_id, idx) WHERE run_id = ? ORDER BY idx
            """;

    @Inject
    Runs runs;

    @Inject
    Database database;

    @Inject
    Drivers drivers;

    @Inject
    ObjectMapper json;

    /** Where the nodes leave traces of their runs. */
    private final Path directory =
            Path.of("target", "runs", UUID.randomUUID().toString()).toAbsolutePath();

    record NodeLine(
            int status,
            int exitCode,
            @Nullable String stdout,
            @Nullable String message,
            int attempt) {}

    record RunLine(int status, int success, int failed, int skipped, String message) {}

    @BeforeEach
    void make_the_directory() throws IOException {
        Files.createDirectories(directory);
    }

    @Test
    void a_diamond_with_a_failing_branch_skips_what_is_downstream_of_it() throws Exception {
        String run = ended(start("""
                {"config":{"max_parallel":4},"tasks":[
                  {"id":"a","exec_type":"Shell","exec_command":"echo A"},
                  {"id":"b","exec_type":"Shell","exec_command":"echo B","deps":["a"]},
                  {"id":"c","exec_type":"Shell","exec_command":"echo C; exit 3","deps":["a"]},
                  {"id":"d","exec_type":"Shell","exec_command":"echo D","deps":["b","c"]}]}
                """));
        assertThat(nodes(run).values()).extracting(NodeLine::status).containsExactly(2, 2, 3, 4);
        assertThat(node(run, "c").exitCode()).isEqualTo(3);
        assertThat(node(run, "b").stdout()).isEqualTo("B\n");
        assertThat(node(run, "d").message()).isEqualTo("upstream_failed");
        assertThat(line(run)).isEqualTo(new RunLine(2, 2, 1, 1, "dag failed"));
        assertThat(events(run, "b"))
                .containsExactly(
                        "dag_node_ready",
                        "dag_node_start",
                        "task_start",
                        "attempt_start",
                        "attempt_end",
                        "task_end",
                        "dag_node_end");
        assertThat(events(run, "d")).containsExactly("dag_node_skipped");
    }

    @Test
    void outputs_and_parameters_reach_the_nodes_behind_as_data() throws Exception {
        String nasty = "it's \"$(touch " + directory.resolve("no") + ")\" ; `id` * \\";
        String run = ended(start("""
                {"params":{"x":%s},"tasks":[
                  {"id":"a.1","exec_type":"Shell","exec_command":"printf '%%s' {{run.params.x}}"},
                  {"id":"b","exec_type":"Local","exec_command":"echo","exec_params":{"message":"<{{nodes.a.1.stdout}}>{{nodes.a.1.exit_code}}"},"deps":["a.1"]},
                  {"id":"c","exec_type":"Shell","exec_command":"echo \\"[{{nodes.a.1.stdout}}]\\" {{literal}}","deps":["b"]}]}
                """.formatted(json.writeValueAsString(nasty))));
        assertThat(node(run, "a.1").stdout()).isEqualTo(nasty);
        assertThat(node(run, "b").stdout()).isEqualTo("<" + nasty + ">0");
        assertThat(node(run, "c").stdout()).isEqualTo("[" + nasty + "] {{literal}}\n");
        assertThat(directory.resolve("no")).doesNotExist();
    }

    @Test
    void a_retry_of_a_node_is_told_attempt_by_attempt_and_a_timeout_is_the_end() throws Exception {
        Path tried = directory.resolve("tried");
        String run = ended(start("""
                {"tasks":[
                  {"id":"flaky","exec_type":"Shell","exec_command":"test -f %1$s || { touch %1$s; exit 7; }","retry_count":2,"retry_delay_ms":10},
                  {"id":"slow","exec_type":"Shell","exec_command":"sleep 30","timeout_ms":300,"retry_count":5}]}
                """.formatted(tried)));
        assertThat(node(run, "flaky"))
                .extracting(NodeLine::status, NodeLine::attempt)
                .containsExactly(2, 2);
        assertThat(node(run, "slow").status()).isEqualTo(6);
        assertThat(node(run, "slow").message()).isEqualTo("Task timeout after 0.3 seconds");
        assertThat(events(run, "flaky"))
                .containsExactly(
                        "dag_node_ready",
                        "dag_node_start",
                        "task_start",
                        "attempt_start",
                        "attempt_end",
                        "attempt_start",
                        "attempt_end",
                        "task_end",
                        "dag_node_end");
    }

    @Test
    void a_cancelled_run_stops_what_runs_and_starts_nothing_more() throws Exception {
        String run = start("""
                {"tasks":[{"id":"a","exec_type":"Local","exec_command":"sleep","exec_params":{"ms":60000}},
                  {"id":"b","exec_type":"Local","exec_command":"noop","deps":["a"],"run_if":"always"}]}
                """);
        await().atMost(PATIENCE).until(() -> events(run, "a").contains("attempt_start"));
        runs.cancel(run, "enough");
        ended(run);
        assertThat(node(run, "a").status()).isEqualTo(5);
        assertThat(node(run, "b").status()).isEqualTo(4);
        assertThat(line(run)).isEqualTo(new RunLine(3, 0, 1, 1, "dag canceled"));
        assertThatThrownBy(() -> runs.cancel(run, "again")).isInstanceOf(RunException.Finished.class);
        assertThatThrownBy(() -> runs.cancel("nobody", "")).isInstanceOf(RunException.NotFound.class);
    }

    @Test
    void a_retried_run_runs_again_only_what_did_not_succeed() throws Exception {
        Path good = directory.resolve("good");
        Path fixed = directory.resolve("fixed");
        String run = ended(start("""
                {"tasks":[{"id":"a","exec_type":"Shell","exec_command":"echo a >> %s"},
                  {"id":"b","exec_type":"Shell","exec_command":"test -f %s","deps":["a"]},
                  {"id":"c","exec_type":"Local","exec_command":"noop","deps":["b"]}]}
                """.formatted(good, fixed)));
        assertThat(line(run)).isEqualTo(new RunLine(2, 1, 1, 1, "dag failed"));
        Files.createFile(fixed);
        assertThat(runs.retry(run)).containsExactly("b", "c");
        ended(run);
        assertThat(line(run)).isEqualTo(new RunLine(1, 3, 0, 0, ""));
        assertThat(good).hasContent("a\n");
        assertThatThrownBy(() -> runs.retry(run)).isInstanceOf(RunException.NothingToRetry.class);
    }

    @Test
    void a_key_makes_one_run() throws Exception {
        Dag dag = dag("{\"tasks\":[{\"id\":\"a\",\"exec_command\":\"noop\"}]}");
        NewRun wanted = new NewRun("cron:job_1:1", dag, "n", "cron", "ann", null, "job_1");
        String run = runs.start(wanted);
        assertThat(runs.start(wanted)).isEqualTo(run);
        ended(run);
    }

    @Test
    void a_run_whose_driver_is_gone_goes_on_and_no_node_runs_twice() throws Exception {
        Path ran = directory.resolve("ran");
        StringBuilder tasks = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            tasks.append(i == 0 ? "" : ",")
                    .append("""
                    {"id":"n%d","exec_type":"Shell","exec_command":"echo n%d >> %s; sleep 0.05"%s}
                    """.formatted(i, i, ran, i < 4 ? "" : ",\"deps\":[\"n" + (i - 4) + "\"]"));
        }
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            started.add(start("{\"config\":{\"max_parallel\":4},\"tasks\":[" + tasks + "]}"));
        }
        for (int i = 0; i < 5; i++) {
            int lines = 8 * (i + 1);
            await().atMost(PATIENCE).pollInterval(20, TimeUnit.MILLISECONDS).until(() -> lines(ran) >= lines);
            // as if another replica had died with them
            execute("UPDATE run SET owner = 0, version = version + 1 WHERE status = 0");
        }
        for (String run : started) {
            ended(run);
            assertThat(line(run)).isEqualTo(new RunLine(1, 40, 0, 0, ""));
            assertThat(events(run, "n7")).hasSize(7);
        }
        List<String> expected =
                IntStream.range(0, 120).mapToObj(i -> "n" + i / 3).toList();
        assertThat(Files.readAllLines(ran)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void the_engine_may_die_under_a_run() throws Exception {
        Path ran = directory.resolve("ran");
        String run = start("""
                {"config":{"max_parallel":2},"tasks":[%s]}
                """.formatted(String.join(
                ",",
                IntStream.range(0, 60)
                        .mapToObj(i -> "{\"id\":\"n%d\",\"exec_type\":\"Shell\",\"exec_command\":\"echo %d >> %s\"}"
                                .formatted(i, i, ran))
                        .toList())));
        await().atMost(PATIENCE).until(() -> lines(ran) > 5);
        TestInfrastructure.killService("task-service");
        ended(run);
        assertThat(line(run).success()).isEqualTo(60);
        assertThat(Files.readAllLines(ran)).doesNotHaveDuplicates().hasSize(60);
    }

    @Test
    void every_event_of_an_ended_run_reaches_kafka_and_the_run_is_closed() throws Exception {
        String run = ended(start("{\"tasks\":[{\"id\":\"a\",\"exec_command\":\"noop\"}]}"));
        await().atMost(PATIENCE)
                .until(() -> number("SELECT count(*) FROM run WHERE id = '" + run
                                + "' AND NOT open AND published = seq AND seq = 9")
                        == 1);
    }

    private Dag dag(String body) throws JsonProcessingException {
        return DagReader.read(json.readValue(body, new TypeReference<>() {}));
    }

    private String start(String body) throws JsonProcessingException {
        return runs.start(new NewRun(null, dag(body), "test", "manual", "ann", null, null));
    }

    private String ended(String run) throws Exception {
        runs.whenEnded(run).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(drivers.carries(run)).isFalse();
        return run;
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    private Map<String, NodeLine> nodes(String run) {
        return database.read(connection -> {
            Map<String, NodeLine> nodes = new LinkedHashMap<>();
            try (Columns query = new Columns(connection, NODES);
                    ResultSet row = query.set(run).statement().executeQuery()) {
                while (row.next()) {
                    nodes.put(
                            row.getString(1),
                            new NodeLine(
                                    row.getInt(2), row.getInt(3), row.getString(4), row.getString(5), row.getInt(6)));
                }
            }
            return nodes;
        });
    }

    private NodeLine node(String run, String id) {
        NodeLine node = nodes(run).get(id);
        if (node == null) {
            throw new AssertionError("no node " + id);
        }
        return node;
    }

    private RunLine line(String run) {
        String sql = "SELECT status, success_count, failed_count, skipped_count, message FROM run WHERE id = ?";
        return database.read(connection -> {
            try (Columns query = new Columns(connection, sql);
                    ResultSet row = query.set(run).statement().executeQuery()) {
                row.next();
                return new RunLine(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getString(5));
            }
        });
    }

    private List<String> events(String run, String node) {
        String sql = "SELECT event FROM run_event WHERE run_id = ? AND task_id = ? ORDER BY seq";
        return database.read(connection -> {
            List<String> events = new ArrayList<>();
            try (Columns query = new Columns(connection, sql).set(run).set(node);
                    ResultSet row = query.statement().executeQuery()) {
                while (row.next()) {
                    events.add(row.getString(1));
                }
            }
            return events;
        });
    }

    private long number(String sql) {
        return database.read(connection -> {
            try (Columns query = new Columns(connection, sql);
                    ResultSet row = query.statement().executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private void execute(String sql) {
        database.write(connection -> {
            try (Columns update = new Columns(connection, sql)) {
                return update.statement().executeUpdate();
            }
        });
    }
}
