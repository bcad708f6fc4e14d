package io.taskhub.task.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.Given;
import io.taskhub.task.LogQuery;
import io.taskhub.task.StoredLog;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogStoreTest {
    private static final int PART = 90_001;

    @Inject
    Tasks tasks;

    @Inject
    LogStore store;

    @Test
    void a_batch_that_comes_twice_is_stored_once() {
        Submission.Accepted task = create(Task.Link.NONE);
        List<LogRecord> lines =
                List.of(line(task, null, 1, 1, "a"), line(task, null, 1, 2, "b\0"), line(task, null, 2, 1, "c"));
        store.store(lines, Map.of(PART, 10L));
        store.store(lines, Map.of(PART, 7L));

        assertThat(store.positions()).containsEntry(PART, 10L);
        List<StoredLog> logs = read(Long.toString(task.number()), null, 1, 100);
        assertThat(logs).extracting(StoredLog::seq).containsExactly(1L, 2L, 1_000_001L);
        assertThat(logs.get(1).log().message()).isEqualTo("b\uFFFD");
        assertThat(read(task.id().tsk(), null, 2, 1)).extracting(StoredLog::seq).containsExactly(2L);
    }

    @Test
    void a_logical_id_is_matched_first_and_numbered_over_its_runs() {
        String node = "node-" + UUID.randomUUID();
        Submission.Accepted first = create(new Task.Link("run-1", node, null, null, null));
        Submission.Accepted second = create(new Task.Link("run-2", node, null, null, null));
        store.store(List.of(line(second, "run-2", 1, 1, "second")), Map.of());
        store.store(List.of(line(first, "run-1", 1, 1, "first")), Map.of());

        assertThat(read(node, null, 1, 10)).extracting(StoredLog::seq).containsExactly(1L, 2L);
        assertThat(read(node, null, 2, 10)).extracting(l -> l.log().message()).containsExactly("first");
        assertThat(read(node, "run-2", 1, 10))
                .extracting(l -> l.log().message())
                .containsExactly("second");
    }

    @Test
    void a_query_waits_for_offsets_and_gives_up() {
        Submission.Accepted task = create(Task.Link.NONE);
        store.store(List.of(line(task, null, 1, 1, "a")), Map.of(PART + 1, 5L));
        assertThat(tasks.logs(new LogQuery(task.id().toString(), null, 1, 10, Map.of(PART + 1, 5L))))
                .hasSize(1);
        assertThatThrownBy(() -> tasks.logs(new LogQuery(task.id().toString(), null, 1, 10, Map.of(PART + 1, 6L))))
                .isInstanceOf(Logs.Behind.class);
    }

    @Test
    void what_nobody_knows_has_no_logs() {
        assertThat(read("nobody", null, 1, 10)).isEmpty();
        assertThat(read("999999999999999999999999", null, 1, 10)).isEmpty();
    }

    private List<StoredLog> read(String task, @Nullable String run, long from, int limit) {
        return tasks.logs(new LogQuery(task, run, from, limit, Map.of()));
    }

    private Submission.Accepted create(Task.Link link) {
        return (Submission.Accepted)
                tasks.submit(List.of(Given.task().withLink(link).build())).getFirst();
    }

    private static LogRecord line(Submission.Accepted task, @Nullable String run, int claim, int n, String message) {
        return new LogRecord(
                new TaskId(task.id().uuid()),
                task.number(),
                Long.toString(task.number()),
                run,
                null,
                claim,
                n,
                claim,
                "w",
                1,
                1,
                message,
                System.currentTimeMillis(),
                1,
                null);
    }
}
