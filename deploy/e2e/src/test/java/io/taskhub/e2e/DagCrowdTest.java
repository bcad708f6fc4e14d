package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.Dag;
import io.taskhub.e2e.client.Dags;
import io.taskhub.e2e.client.Pending;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.V1Tasks;
import io.taskhub.e2e.client.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Large graphs and many callers that wait, on two dag-services. */
@EndToEnd
@Isolated
@Order(Faults.AFTER_THE_CONTRACTS)
class DagCrowdTest {
    private final TaskHubClient admin;
    private final Dags dags;
    private final V1Tasks v1;
    private final String queue = Names.unique("waiting");

    DagCrowdTest(Hub hub) {
        this.admin = hub.admin();
        this.dags = hub.dags();
        this.v1 = hub.v1();
    }

    @Test
    @Timeout(120)
    void ten_thousand_nodes_run_once_each() {
        Dag dag = Dag.named(Names.unique("wide")).with("max_parallel", 1_000).noop("root");
        for (int i = 1; i < 9_999; i++) {
            dag.noop("n" + i, "root");
        }
        dag.noop("last", "n1", "n9998");
        assertThat(dag.size()).isEqualTo(10_000);

        Reply reply = admin.postLater("/api/dag/run", dag.body()).await(Duration.ofSeconds(100));

        assertThatReply(reply).hasStatus(200).has("/message", "").has("/summary/total", 10_000);
        assertThat(Dags.summary(reply, "success")).doesNotHaveDuplicates().hasSize(10_000);
        assertThat(reply.at("/nodes")).hasSize(10_000).allSatisfy(node -> assertThat(
                        node.path("result").path("attempt").asInt())
                .isEqualTo(1));
    }

    @Test
    @Timeout(120)
    void two_hundred_callers_wait_for_their_runs_and_nobody_else_does() {
        v1.pauseQueue(queue);
        List<Pending> waiting = IntStream.range(0, 200)
                .mapToObj(i -> admin.postLater("/api/dag/run", held("held-" + i).body()))
                .toList();
        Waiting.await().until(() -> held().size() == 200);

        assertThatReply(dags.run(Dag.named(Names.unique("beside")).noop("a"))).has("/message", "");
        assertThat(waiting).noneMatch(Pending::isAnswered);

        v1.resumeQueue(queue);
        for (Pending pending : waiting) {
            assertThatReply(pending.await(Duration.ofSeconds(60)))
                    .hasStatus(200)
                    .has("/message", "")
                    .has("/summary/success/0", "a");
        }
    }

    @Test
    void a_client_that_hangs_up_does_not_stop_its_run() {
        v1.pauseQueue(queue);
        Pending pending = admin.postLater("/api/dag/run", held("left alone").body());
        Waiting.await().until(() -> held().size() == 1);
        String run = held().getFirst().path("run_id").asText();

        pending.hangUp();
        v1.resumeQueue(queue);

        assertThat(dags.awaitEnd(run).path("status").asInt()).isEqualTo(Dags.SUCCESS);
    }

    /** Its one node waits until the queue is resumed. */
    private Dag held(String name) {
        return Dag.named(queue + name).node("a", "Local", "noop", Map.of("queue", queue));
    }

    private List<JsonNode> held() {
        List<JsonNode> running = new ArrayList<>(dags.items("/api/dag/runs?limit=500&name=" + queue));
        running.removeIf(run -> run.path("status").asInt() != Dags.RUNNING);
        return running;
    }
}
