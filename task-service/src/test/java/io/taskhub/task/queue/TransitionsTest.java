package io.taskhub.task.queue;

import static io.taskhub.contracts.TaskState.ACTIVE;
import static io.taskhub.contracts.TaskState.ARCHIVED;
import static io.taskhub.contracts.TaskState.CANCELLED;
import static io.taskhub.contracts.TaskState.COMPLETED;
import static io.taskhub.contracts.TaskState.PENDING;
import static io.taskhub.contracts.TaskState.RETRY;
import static io.taskhub.contracts.TaskState.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.TaskState;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransitionsTest {
    @Test
    void scheduled_is_claimed_when_due_or_ended() {
        leadsOnlyTo(SCHEDULED, ACTIVE, ARCHIVED, CANCELLED);
    }

    @Test
    void pending_is_claimed_or_ended() {
        leadsOnlyTo(PENDING, ACTIVE, ARCHIVED, CANCELLED);
    }

    @Test
    void retry_is_claimed_when_due_or_ended() {
        leadsOnlyTo(RETRY, ACTIVE, ARCHIVED, CANCELLED);
    }

    @Test
    void active_ends_or_is_given_back() {
        leadsOnlyTo(ACTIVE, PENDING, RETRY, COMPLETED, ARCHIVED, CANCELLED);
    }

    @Test
    void archived_is_restarted() {
        leadsOnlyTo(ARCHIVED, PENDING);
    }

    @Test
    void cancelled_is_restarted() {
        leadsOnlyTo(CANCELLED, PENDING);
    }

    @Test
    void completed_stays() {
        leadsOnlyTo(COMPLETED);
    }

    private static void leadsOnlyTo(TaskState from, TaskState... allowed) {
        List<TaskState> legal = Arrays.asList(allowed);
        for (TaskState to : TaskState.values()) {
            assertThat(Transitions.legal(from, to)).as("%s to %s", from, to).isEqualTo(legal.contains(to));
            if (!legal.contains(to)) {
                assertThatThrownBy(() -> Rows.row().in(from).draft().to(to)).isInstanceOf(IllegalStateException.class);
            }
        }
    }
}
