package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.contracts.TaskId;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.PlainTasks;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** {@code GET /api/tasks/logs}. */
@EndToEnd
class TaskHubLogsTest {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private final Hub hub;
    private final TaskHubClient admin;
    private final PlainTasks tasks;

    TaskHubLogsTest(Hub hub) {
        this.hub = hub;
        this.admin = hub.admin();
        this.tasks = hub.plain();
    }

    @Test
    void without_a_task_id_it_is_400() {
        assertThatReply(admin.get("/api/tasks/logs")).hasStatus(400).hasTextMatching("/message", ".+");
        assertThatReply(admin.get("/api/tasks/logs?task_id=")).hasStatus(400);
    }

    @Test
    void records_have_every_field() {
        long id = tasks.run("echo out; echo err >&2");
        tasks.awaitEnd(id);

        Reply page = logs("task_id=" + id);

        assertThatReply(page)
                .isOk()
                .has("/data/task_id", Long.toString(id))
                .has("/data/from", 1)
                .has("/data/limit", 200)
                .hasInteger("/data/next_from");
        JsonNode out = only(page, STDOUT);
        assertThat(out.path("message").asText()).isEqualTo("out");
        assertThat(only(page, STDERR).path("message").asText()).isEqualTo("err");
        assertThat(out.path("task_id").asText()).isEqualTo(Long.toString(id));
        assertThat(out.path("seq").isIntegralNumber()).isTrue();
        assertThat(out.path("level").isIntegralNumber()).isTrue();
        assertThat(out.path("ts_ms").asLong())
                .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());
        assertThat(out.path("duration_ms").isIntegralNumber()).isTrue();
        assertThat(out.path("attempt").asInt()).isEqualTo(1);
        assertThat(out.path("worker_id").asText()).isNotEmpty();
        assertThat(out.path("fields").isObject()).isTrue();
    }

    @Test
    void pages_join_without_gap_or_repetition() {
        long id = tasks.run("for i in $(seq 1 25); do echo line $i; done");
        tasks.awaitEnd(id);
        List<Long> whole = seqs(logs("task_id=" + id));

        List<Long> paged = new ArrayList<>();
        long from = 1;
        while (true) {
            Reply page = logs("task_id=" + id + "&limit=7&from=" + from);
            assertThat(page.number("/data/from")).isEqualTo(from);
            assertThat(page.number("/data/limit")).isEqualTo(7);
            if (page.at("/data/records").isEmpty()) {
                assertThat(page.number("/data/next_from"))
                        .as("nothing more: ask from here again")
                        .isEqualTo(from);
                break;
            }
            paged.addAll(seqs(page));
            assertThat(page.number("/data/next_from")).isEqualTo(paged.getLast() + 1);
            from = page.number("/data/next_from");
        }

        assertThat(whole).isSorted().doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(25);
        assertThat(whole.getFirst()).isEqualTo(1);
        assertThat(paged).isEqualTo(whole);
    }

    @Test
    void the_limit_is_clamped() {
        long id = tasks.run("echo a; echo b");
        tasks.awaitEnd(id);

        assertThat(logs("task_id=" + id + "&limit=0").number("/data/limit")).isEqualTo(1);
        assertThat(logs("task_id=" + id + "&limit=-5").number("/data/limit")).isEqualTo(1);
        assertThat(logs("task_id=" + id + "&limit=99999").number("/data/limit")).isEqualTo(2_000);
    }

    @Test
    void a_finished_task_has_all_its_lines_at_once() {
        for (int round = 0; round < 5; round++) {
            long id = tasks.run("for i in $(seq 1 300); do echo $i; done");
            tasks.awaitEnd(id);

            assertThat(messages(logs("task_id=" + id + "&limit=2000"), STDOUT))
                    .hasSize(300)
                    .startsWith("1")
                    .endsWith("300");
        }
    }

    @Test
    void lines_can_be_read_while_the_task_runs() {
        try (Gate gate = Gate.shut()) {
            long id = tasks.run("echo first; " + gate.waits("go") + "echo second");

            Waiting.await().until(() -> messages(logs("task_id=" + id), STDOUT).equals(List.of("first")));
            gate.open("go");
            tasks.awaitEnd(id);

            assertThat(messages(logs("task_id=" + id), STDOUT)).containsExactly("first", "second");
        }
    }

    @Test
    void every_retry_continues_a_million_higher() {
        long id = tasks.create(Map.of("cmd", "echo try; exit 1", "max_retries", 1));
        tasks.awaitEnd(id);

        Reply page = logs("task_id=" + id);

        List<JsonNode> tries = records(page, STDOUT);
        assertThat(tries).hasSize(2);
        assertThat(tries.getFirst().path("seq").asLong()).isBetween(1L, 1_000_000L);
        assertThat(tries.getFirst().path("attempt").asInt()).isEqualTo(1);
        assertThat(tries.getLast().path("seq").asLong()).isBetween(1_000_001L, 2_000_000L);
        assertThat(tries.getLast().path("attempt").asInt()).isEqualTo(2);
    }

    @Test
    void every_spelling_and_every_dialect_has_its_logs() {
        String uuid = hub.v1().create(NewTask.shell("echo from v1").once());
        hub.v1().awaitState(uuid, "completed");
        long number = admin.get("/api/tasks/" + uuid).expect(200).number("/data/id");
        TaskId id = TaskId.of(uuid);

        for (String spelling : List.of(uuid, id.tsk(), id.job(), Long.toString(number))) {
            assertThat(messages(logs("task_id=" + spelling), STDOUT))
                    .as(spelling)
                    .containsExactly("from v1");
        }
    }

    @Test
    void an_unknown_task_has_no_records() {
        Reply page = logs("task_id=2147483647");

        assertThatReply(page).isOk().has("/data/task_id", "2147483647").has("/data/from", 1);
        assertThat(page.at("/data/records").isArray()).isTrue();
        assertThat(page.at("/data/records").isEmpty()).isTrue();
        assertThat(seqs(logs("task_id=" + Names.unique("no-such")))).isEmpty();
    }

    @Test
    void another_run_id_has_no_records() {
        long id = tasks.run("echo x");
        tasks.awaitEnd(id);

        assertThat(seqs(logs("task_id=" + id + "&run_id=1700000000000_abcdef"))).isEmpty();
    }

    private Reply logs(String query) {
        return admin.get("/api/tasks/logs?" + query).expect(200);
    }

    private static JsonNode only(Reply page, int stream) {
        List<JsonNode> found = records(page, stream);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<JsonNode> records(Reply page, int stream) {
        return StreamSupport.stream(page.at("/data/records").spliterator(), false)
                .filter(r -> r.path("stream").asInt() == stream)
                .toList();
    }

    private static List<String> messages(Reply page, int stream) {
        return records(page, stream).stream()
                .map(r -> r.path("message").asText())
                .toList();
    }

    private static List<Long> seqs(Reply page) {
        return StreamSupport.stream(page.at("/data/records").spliterator(), false)
                .map(r -> r.path("seq").asLong())
                .toList();
    }
}
