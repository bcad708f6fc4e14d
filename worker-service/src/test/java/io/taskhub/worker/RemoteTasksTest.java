package io.taskhub.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.taskhub.contracts.Report.Outcome;
import io.taskhub.local.TestInfrastructure;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Payload;
import io.taskhub.worker.executor.Runner;
import io.taskhub.worker.executor.Voice;
import io.taskhub.worker.executor.Work;
import io.taskhub.worker.registry.LiveTypes;
import io.taskhub.worker.registry.RemoteWorker;
import io.taskhub.worker.registry.RemoteWorkers;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(QuietProfile.class)
@WithTestResource(
        value = TestInfrastructure.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "worker"))
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RemoteTasksTest {
    private static final String EXECUTE = "/api/worker/execute";
    private static final String DONE = """
            {"status":2,"message":"ok","exit_code":0,"stdout":"far away\\n","stderr":"hm","duration_ms":1}""";
    private static final String TASK = """
            {"queue":"default","labels":[],"task":{"id":"node-a","exec_type":"Shell","exec_command":"date"}}""";

    @Inject
    Runner runner;

    @Inject
    RemoteWorkers workers;

    @Inject
    LiveTypes types;

    @Inject
    DatabaseClock clock;

    @BeforeEach
    void empty_registry() {
        clock.reset();
    }

    private void register(String id, int port, int running, List<String> brought, @Nullable String token)
            throws SQLException {
        workers.register(
                new RemoteWorker.Registration(id, "127.0.0.1", port, List.of(), List.of(), brought, 0, running, token));
    }

    private static Execution execution(String type, String payload) {
        return execution(type, payload, Voice.SILENT);
    }

    private static Execution execution(String type, String payload, Voice voice) {
        return new Execution(new Work("0199", "node-a", type, "default", payload, 0, 2, 1, null), voice);
    }

    /** What a run says of its way: log records and progress, in one list. */
    private static final class Way implements Voice {
        final List<String> said = new CopyOnWriteArrayList<>();

        @Override
        public void line(int level, int stream, String message, @Nullable Map<String, String> fields) {
            if (stream == EVENT) {
                said.add("log " + message);
            }
        }

        @Override
        public void progress(int percentage, String stage, String message, @Nullable String data) {
            said.add(percentage + " " + stage + " | " + message + " | "
                    + new TreeMap<>(Payload.of(String.valueOf(data)).values()));
        }
    }

    private CompletableFuture<Ended> start(Execution run) {
        CompletableFuture<Ended> ended = new CompletableFuture<>();
        Thread.startVirtualThread(() -> ended.complete(runner.run(run)));
        return ended.orTimeout(20, TimeUnit.SECONDS);
    }

    private int runningOn(String id) throws SQLException {
        return workers.list().stream()
                .filter(worker -> worker.id().equals(id))
                .findFirst()
                .orElseThrow()
                .runningTasks();
    }

    @Test
    void a_remote_task_runs_on_a_registered_worker_under_its_attempt_s_key() throws IOException, SQLException {
        try (RemoteHost host = RemoteHost.answering(DONE)) {
            register("w", host.port(), 0, List.of(), "secret");
            Execution run = execution("remote", TASK);
            assertThat(runner.run(run)).isEqualTo(Ended.success());
            assertThat(run.stdout().text()).isEqualTo("far away\n");
            assertThat(run.stderr().text()).isEqualTo("hm");
            assertThat(host.calls(EXECUTE)).singleElement().satisfies(call -> {
                assertThat(call.body().at("/task/exec_command").asText()).isEqualTo("date");
                assertThat(call.headers().getFirst("Idempotency-Key")).isEqualTo("0199:2");
                assertThat(call.headers().getFirst("Authorization")).isEqualTo("Bearer secret");
            });
            assertThat(runningOn("w")).isZero();
        }
    }

    @Test
    void a_task_of_a_brought_type_is_pushed_as_a_local_one_and_without_a_token_of_ours()
            throws IOException, SQLException {
        try (RemoteHost host = RemoteHost.answering(DONE)) {
            register("w", host.port(), 0, List.of("train"), null);
            types.runOnce();
            assertThat(types.current()).contains("train");
            assertThat(runner.run(execution("train", "{\"n\":7}"))).isEqualTo(Ended.success());
            assertThat(host.calls(EXECUTE)).singleElement().satisfies(call -> {
                assertThat(call.body().at("/task/exec_type").asText()).isEqualTo("Local");
                assertThat(call.body().at("/task/exec_command").asText()).isEqualTo("train");
                assertThat(call.body().at("/task/exec_params/n").asInt()).isEqualTo(7);
                assertThat(call.headers()).doesNotContainKey("Authorization");
            });
        }
    }

    @Test
    void a_worker_that_refuses_the_connection_is_passed_over() throws IOException, SQLException {
        try (RemoteHost host = RemoteHost.answering(DONE)) {
            register("a", 1, 0, List.of(), null);
            register("b", host.port(), 5, List.of(), null);
            Way way = new Way();
            assertThat(runner.run(execution("remote", TASK, way))).isEqualTo(Ended.success());
            assertThat(way.said)
                    .containsExactly(
                            "log remote_dispatch",
                            "0 remote_dispatch | sent to worker a | {host=127.0.0.1:1, worker_id=a}",
                            "log remote_failed",
                            "0 remote_failed | worker a: refused | {reason=refused, worker_id=a}",
                            "log remote_dispatch",
                            "0 remote_dispatch | sent to worker b | {host=127.0.0.1:" + host.port() + ", worker_id=b}");
        }
    }

    @Test
    void nobody_there_is_a_failure_in_the_contract_s_words() throws SQLException {
        assertThat(runner.run(execution("remote", TASK)).message()).isEqualTo("no available worker for queue=default");
        register("a", 1, 0, List.of(), null);
        assertThat(runner.run(execution("remote", TASK)).message()).isEqualTo("no available worker for queue=default");
    }

    @Test
    void a_worker_that_hangs_up_has_failed_the_attempt_and_is_not_asked_again() throws IOException, SQLException {
        try (RemoteHost host = RemoteHost.answering("")) {
            register("w", host.port(), 0, List.of(), null);
            assertThat(runner.run(execution("remote", TASK))).satisfies(ended -> {
                assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(ended.retryable()).isTrue();
                assertThat(ended.message()).startsWith("remote_failed no_response");
            });
            assertThat(host.calls(EXECUTE)).hasSize(1);
        }
    }

    @Test
    void a_failure_over_there_is_a_failure_here() throws IOException, SQLException {
        try (RemoteHost host = RemoteHost.answering("{\"status\":3,\"message\":\"my own reason\",\"exit_code\":5}")) {
            register("w", host.port(), 0, List.of(), null);
            assertThat(runner.run(execution("remote", TASK))).isEqualTo(Ended.failed(5, "my own reason"));
        }
    }

    @Test
    void a_worker_that_falls_silent_while_it_runs_has_failed() throws Exception {
        try (RemoteHost host = RemoteHost.holding()) {
            register("w", host.port(), 0, List.of(), null);
            CompletableFuture<Ended> ended = start(execution("remote", TASK));
            await().untilAsserted(() -> assertThat(host.calls(EXECUTE)).hasSize(1));
            assertThat(runningOn("w")).isEqualTo(1);
            clock.ahead(12);
            assertThat(ended.get().message()).startsWith("remote_failed no_response");
        }
    }

    @Test
    void a_cancel_reaches_the_worker() throws Exception {
        try (RemoteHost host = RemoteHost.holding()) {
            register("w", host.port(), 0, List.of(), null);
            Execution run = execution("remote", TASK);
            CompletableFuture<Ended> ended = start(run);
            await().untilAsserted(() -> assertThat(host.calls(EXECUTE)).hasSize(1));
            run.stop(Execution.Stop.CANCELLED);
            assertThat(ended.get().outcome()).isEqualTo(Outcome.CANCELLED);
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(host.calls("/api/worker/cancel"))
                    .singleElement()
                    .satisfies(
                            call -> assertThat(call.body().at("/id").asText()).isEqualTo("node-a")));
        }
    }
}
