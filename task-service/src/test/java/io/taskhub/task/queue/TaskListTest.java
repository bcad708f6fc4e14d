package io.taskhub.task.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.Given;
import io.taskhub.task.Task;
import io.taskhub.task.TaskFilter;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Utf8;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TaskListTest {
    private static final Set<TaskState> WAITING = EnumSet.of(TaskState.SCHEDULED, TaskState.PENDING, TaskState.RETRY);
    private static final Set<TaskState> FAILED = EnumSet.of(TaskState.ARCHIVED, TaskState.CANCELLED);

    @Inject
    Tasks tasks;

    @Inject
    EngineFixture engine;

    @Inject
    Database database;

    @Inject
    ObjectMapper json;

    private final String queue = "q-" + UUID.randomUUID();

    private static TaskFilter filter(Set<TaskState> states, @Nullable String queue, @Nullable Long since) {
        return new TaskFilter(
                states,
                Set.of(),
                queue,
                null,
                since == null ? null : Instant.ofEpochMilli(since),
                false,
                null,
                true,
                20);
    }

    static List<TaskFilter> questions() {
        List<TaskFilter> questions = new ArrayList<>();
        for (Set<TaskState> states :
                List.of(Set.<TaskState>of(), WAITING, FAILED, Set.of(TaskState.ACTIVE), Set.of(TaskState.COMPLETED))) {
            questions.add(filter(states, null, null));
            questions.add(filter(states, "q", null));
            questions.add(filter(states, null, 1_000L));
            questions.add(new TaskFilter(states, Set.of(Origin.V1), "q", "t", Instant.EPOCH, true, 7L, false, 20));
        }
        return questions;
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whatever_is_asked_no_more_is_read_than_was_allowed(TaskFilter filter) throws Exception {
        String plan = database.read(connection -> {
            try (Binder query = Binder.prepare(connection, "EXPLAIN (FORMAT JSON) " + TaskReader.listSql(filter));
                    ResultSet row = TaskList.bind(query, filter).statement().executeQuery()) {
                row.next();
                return row.getString(1);
            }
        });
        assertThat(walks(json.readTree(plan).get(0).get("Plan"), "")).as(plan).isEmpty();
    }

    /** Scans that may read more than they give: a probe names its rows, everything else gives all it reads, to a limit. */
    private static List<String> walks(JsonNode node, String parent) {
        List<String> walks = new ArrayList<>();
        String type = node.path("Node Type").asText();
        boolean probe = node.path("Index Cond").asText().matches("\\((number|id|task_id) = .*");
        boolean bounded = parent.equals("Limit") && !node.has("Filter");
        if (node.has("Relation Name") && !(type.startsWith("Index") && (probe || bounded))) {
            walks.add(node.toString());
        }
        node.path("Plans").forEach(child -> walks.addAll(walks(child, type)));
        return walks;
    }

    private Task submitted() {
        return tasks.find(
                        engine.submit(Given.task().inQueue(queue).build()).id().toString())
                .orElseThrow();
    }

    private List<Long> numbers(TaskFilter filter) {
        return tasks.list(filter).stream().map(Task::number).toList();
    }

    @Test
    void every_state_is_found_by_its_name_and_by_its_queue() {
        EngineFixture.Worker worker = engine.worker(queue);
        long completed = submitted().number();
        worker.reports(EngineFixture.success(worker.claimsOne()));
        long failed = submitted().number();
        worker.reports(EngineFixture.failure(worker.claimsOne(), "no"));
        Task cancelled = submitted();
        tasks.cancel(cancelled.id().toString(), "test");
        long running = submitted().number();
        worker.claimsOne();
        long held = submitted().number();
        engine.sql("UPDATE task SET held = true WHERE number = " + held);
        long waiting = submitted().number();

        assertThat(numbers(filter(WAITING, queue, null))).containsExactly(waiting, held);
        assertThat(numbers(filter(Set.of(TaskState.ACTIVE), queue, null))).containsExactly(running);
        assertThat(numbers(filter(Set.of(TaskState.COMPLETED), queue, null))).containsExactly(completed);
        assertThat(numbers(filter(FAILED, queue, null))).containsExactly(cancelled.number(), failed);
        Long[] all = {waiting, held, running, cancelled.number(), failed, completed};
        assertThat(numbers(filter(Set.of(), queue, null))).containsExactly(all);
        assertThat(numbers(filter(Set.of(), queue, 0L))).containsExactly(all);

        var upwards = new TaskFilter(Set.of(), Set.of(Origin.V1), queue, null, Instant.EPOCH, false, failed, false, 3);
        assertThat(numbers(upwards)).containsExactly(cancelled.number(), running, held);
    }

    @Test
    void a_list_has_as_much_of_an_output_as_it_shows() {
        String output = "😀ä€x".repeat(5_000);
        submitted();
        EngineFixture.Worker worker = engine.worker(queue);
        Lease lease = worker.claimsOne();
        worker.reports(new Report.Result(
                lease.task(), lease.claim(), Report.Outcome.FAILED, true, 1, output, output, false, "no", null, 5, 0));

        Task.Result whole = tasks.find(lease.task().toString()).orElseThrow().result();
        Task.Result listed =
                tasks.list(filter(Set.of(), queue, null)).getFirst().result();
        assertThat(whole.stdout()).isEqualTo(output);
        assertThat(listed.stdout()).hasSizeLessThan(2 * TaskReader.LISTED_OUTPUT_CHARS + 1);
        for (var of : List.<java.util.function.Function<Task.Result, String>>of(
                Task.Result::stdout, Task.Result::stderr, Task.Result::message)) {
            assertThat(Utf8.cut(of.apply(listed), Utf8.LISTED_OUTPUT_BYTES))
                    .isEqualTo(Utf8.cut(of.apply(whole), Utf8.LISTED_OUTPUT_BYTES));
        }
    }
}
