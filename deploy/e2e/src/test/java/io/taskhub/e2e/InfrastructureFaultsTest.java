package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.e2e.client.Dag;
import io.taskhub.e2e.client.Dags;
import io.taskhub.e2e.client.FollowedStream;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.PlainTasks;
import io.taskhub.e2e.client.V1Tasks;
import io.taskhub.e2e.client.Waiting;
import io.taskhub.local.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** PostgreSQL and Kafka go away and come back while tasks run. */
@EndToEnd
@Isolated
@Order(Faults.AFTER_THE_CONTRACTS + 2)
class InfrastructureFaultsTest {
    private final Hub hub;
    private final Suite suite;
    private final V1Tasks v1;
    private final String queue = Names.unique("infra");

    InfrastructureFaultsTest(Hub hub) {
        this.hub = hub;
        this.suite = hub.suite();
        this.v1 = hub.v1();
    }

    @Test
    @Timeout(180)
    void tasks_run_while_kafka_is_away_and_streams_and_logs_catch_up() {
        String followed = v1.create(NewTask.demo(8).queue(queue));
        List<String> ids = new ArrayList<>(sleepers(300));
        try (FollowedStream stream = FollowedStream.of(v1, followed)) {
            String meanwhile;
            String run;
            suite.stopKafka();
            try {
                run = hub.dags().start(chain("true"));
                ids.addAll(sleepers(100));
                meanwhile = v1.create(NewTask.shell("for i in 1 2 3; do echo $i; done")
                        .queue(queue)
                        .once());
                ids.forEach(id -> v1.awaitState(id, "completed", Duration.ofSeconds(60)));
                Waiting.await().until(() -> !hub.anonymous()
                        .get("/health")
                        .text("/services/kafka")
                        .equals("healthy"));
            } finally {
                suite.startKafka();
            }
            v1.awaitState(meanwhile, "completed", Duration.ofSeconds(60));
            v1.awaitState(followed, "completed", Duration.ofSeconds(60));
            assertEnded(run);
            Faults.assertCaughtUp(stream, v1, followed);
            Waiting.await().untilAsserted(() -> assertThat(stdout(meanwhile)).isEqualTo("123"));
            assertPublishedOnce(ids);
            Waiting.await()
                    .until(() -> hub.anonymous().get("/health").text("/status").equals("healthy"));
        }
    }

    @Test
    @Timeout(180)
    void a_restart_of_postgresql_loses_nothing() {
        restartPostgres(() -> suite.postgres().stop());
    }

    @Test
    @Timeout(180)
    void a_crash_of_postgresql_loses_nothing() {
        restartPostgres(() -> suite.postgres().crash());
    }

    private void restartPostgres(Runnable away) {
        String followed = v1.create(NewTask.demo(8).queue(queue));
        String run = hub.dags().start(chain("sleep 1"));
        List<String> ids = sleepers(500);
        try (FollowedStream stream = FollowedStream.of(v1, followed)) {
            Waiting.await().until(() -> v1.stats(queue).path("active").asInt() > 1);
            away.run();
            try {
                Waiting.await().untilAsserted(() -> {
                    var ready = hub.anonymous().get("/ready");
                    assertThat(ready.status()).isEqualTo(503);
                    assertThat(ready.text("/status")).isEqualTo("not ready");
                    assertThat(ready.text("/reason")).isNotEmpty();
                });
                assertThat(hub.anonymous().get("/live").status()).isEqualTo(200);
                everyCallSaysWhatFailed(followed);
            } finally {
                suite.postgres().start();
            }
            Waiting.await(Duration.ofSeconds(60))
                    .until(() -> hub.anonymous().get("/ready").status() == 200);
            assertPublishedOnce(ids);
            assertEnded(run);
            v1.awaitState(followed, "completed", Duration.ofSeconds(60));
            Faults.assertCaughtUp(stream, v1, followed);
            assertThat(new PlainTasks(hub.admin())
                            .awaitEnd(hub.plain().run("true"))
                            .path("status")
                            .asText())
                    .isEqualTo("success");
        }
    }

    /** The 500 rows of both contracts. */
    private void everyCallSaysWhatFailed(String id) {
        assertThatReply(v1.post(NewTask.noop())).isV1Error(500, "INTERNAL_ERROR");
        assertThatReply(v1.fetch(id)).isV1Error(500, "INTERNAL_ERROR");
        assertThatReply(v1.cancel(id)).isV1Error(500, "CANCEL_FAILED");
        assertThatReply(v1.delete(id)).isV1Error(500, "DELETE_FAILED");
        assertThatReply(v1.progress(id)).isV1Error(500, "PROGRESS_FETCH_ERROR");
        assertThatReply(hub.admin().get("/api/v1/queues/stats")).isV1Error(500, "STATS_FAILED");
        assertThatReply(hub.admin().get("/api/tasks/logs?task_id=" + id)).isTaskHubError(500, 500);
        assertThatReply(hub.admin().get("/api/workers")).isNotOk(500);
        assertThatReply(hub.admin().post("/api/workers/register", Map.of("id", "w", "host", "h", "port", 1)))
                .isNotOk(500);
    }

    private Dag chain(String command) {
        return Dag.named(queue)
                .shell("a", command)
                .shell("b", command, "a")
                .shell("c", command, "b")
                .shell("d", command, "c");
    }

    private void assertEnded(String run) {
        Waiting.await(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> hub.dags().get(run).path("status").asInt() == Dags.SUCCESS);
        assertThat(hub.dags().story(run, "d")).startsWith("dag_node_ready").endsWith("dag_node_end");
    }

    private void assertPublishedOnce(List<String> ids) {
        try (Journal journal = Journal.of(hub)) {
            journal.awaitEnds(ids, Duration.ofSeconds(90));
            journal.read();
            Faults.assertEachCompletedOnce(journal, ids);
            Faults.assertHistoriesWhole(journal, ids);
        }
    }

    private List<String> sleepers(int count) {
        return v1.createAll(IntStream.range(0, count)
                .mapToObj(n -> NewTask.sleep(50).queue(queue))
                .toList());
    }

    private String stdout(String id) {
        StringBuilder lines = new StringBuilder();
        hub.admin()
                .get("/api/tasks/logs?task_id=" + id)
                .expect(200)
                .at("/data/records")
                .forEach(r -> lines.append(
                        r.path("stream").asInt() == 1 ? r.path("message").asText() : ""));
        return lines.toString();
    }
}
