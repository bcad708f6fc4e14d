package io.taskhub.worker.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TaskLogTest {
    private static final Lease LEASE = new Lease(
            TaskId.of("0199c8f0-0000-7000-8000-00000000002a"),
            42,
            "42",
            "run-1",
            null,
            Origin.DAG,
            3,
            2,
            4,
            "default",
            "shell",
            "{}",
            0,
            null);

    private final List<LogRecord> sent = new ArrayList<>();
    private final List<Runnable> unsettled = new ArrayList<>();

    private final TaskLog log = new TaskLog(LEASE, "worker-1", (record, origin, settled) -> {
        sent.add(record);
        unsettled.add(settled);
    });

    @Test
    void records_are_numbered_from_one_and_carry_the_claim() {
        log.add(1, 1, "a", null);
        log.add(2, 2, "b", null);
        assertThat(sent).extracting(LogRecord::n).containsExactly(1, 2);
        assertThat(sent).allSatisfy(record -> {
            assertThat(record.claim()).isEqualTo(3);
            assertThat(record.attempt()).isEqualTo(2);
            assertThat(record.run_id()).isEqualTo("run-1");
            assertThat(record.worker()).isEqualTo("worker-1");
        });
        assertThat(log.count()).isEqualTo(2);
    }

    @Test
    void the_result_waits_until_the_last_record_is_stored() {
        log.add(1, 1, "a", null);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> log.awaitSent(() -> false));
        assertThat(waiting).isNotDone();
        unsettled.forEach(Runnable::run);
        await().until(waiting::isDone);
    }

    @Test
    void a_lost_claim_waits_for_nothing() {
        log.add(1, 1, "a", null);
        AtomicBoolean lost = new AtomicBoolean();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> log.awaitSent(lost::get));
        lost.set(true);
        await().until(waiting::isDone);
    }

    @Test
    void a_claim_has_room_for_a_million_records_and_says_when_it_is_full() {
        IntStream.range(0, TaskLog.MOST + 10).forEach(i -> log.add(1, 1, "x", null));
        assertThat(sent).hasSize(TaskLog.MOST);
        assertThat(sent.getLast().message()).startsWith("log limit reached");
    }
}
