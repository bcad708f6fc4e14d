package io.taskhub.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.TaskId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LedgerTest {
    private final Ledger ledger = new Ledger();
    private final TaskId task = new TaskId(UUID.randomUUID());

    @Test
    void every_number_is_new_once_in_any_order_and_the_ranges_grow_together() {
        for (int seed = 0; seed < 50; seed++) {
            Sent sent = new Sent();
            List<Integer> numbers =
                    new ArrayList<>(IntStream.rangeClosed(1, 100).boxed().toList());
            Collections.shuffle(numbers, new Random(seed));
            numbers.forEach(n -> assertThat(sent.add(n)).isTrue());
            numbers.forEach(n -> assertThat(sent.add(n)).isFalse());
            assertThat(sent.size()).isEqualTo(1);
        }
    }

    @Test
    void what_one_subscription_was_sent_is_not_new_to_another() {
        Receipts live = new Receipts(ledger, Topic.TASK_LOGS);
        Receipts replay = new Receipts(ledger, Topic.TASK_LOGS);
        assertThat(live.note(task, 1, 7)).isTrue();
        assertThat(replay.note(task, 1, 6)).isTrue();
        assertThat(replay.note(task, 1, 7)).isFalse();
        assertThat(replay.note(task, 1, 8)).isTrue();
        assertThat(live.note(task, 1, 8)).isFalse();
    }

    @Test
    void claims_tasks_and_topics_are_numbered_apart() {
        Receipts logs = new Receipts(ledger, Topic.TASK_LOGS);
        Receipts events = new Receipts(ledger, Topic.TASK_EVENTS);
        assertThat(logs.note(task, 1, 1)).isTrue();
        assertThat(logs.note(task, 2, 1)).isTrue();
        assertThat(logs.note(new TaskId(UUID.randomUUID()), 1, 1)).isTrue();
        assertThat(events.note(task, 1, 1)).isTrue();
        assertThat(logs.note(task, 1, 1)).isFalse();
    }

    @Test
    void what_an_ended_subscription_was_sent_is_new_again_and_nothing_is_left_behind() {
        Receipts live = new Receipts(ledger, Topic.TASK_LOGS);
        Receipts replay = new Receipts(ledger, Topic.TASK_LOGS);
        live.note(task, 1, 1);
        replay.note(task, 1, 1);
        replay.close();
        Receipts again = new Receipts(ledger, Topic.TASK_LOGS);
        assertThat(again.note(task, 1, 1)).isTrue();
        assertThat(again.note(task, 1, 2)).isTrue();
        assertThat(live.note(task, 1, 2)).isFalse();
        again.close();
        live.close();
        assertThat(ledger.size()).isZero();
    }
}
