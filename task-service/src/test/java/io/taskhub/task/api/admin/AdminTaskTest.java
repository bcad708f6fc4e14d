package io.taskhub.task.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.Task;
import io.taskhub.task.api.SampleTask;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AdminTaskTest {

    @ParameterizedTest
    @CsvSource({
        "V1, api.v1, parent",
        "TASKHUB, api.tasks, parent",
        "EVENTJOB, api.event_job, parent",
        "TASKCENTER, api.chat, parent",
        "ADMIN, retry, retry",
        "DAG, dag, parent",
        "CRON, scheduler, parent"
    })
    void the_source_is_the_door_unless_another_task_had_it_made(Origin origin, String alone, String child) {
        assertThat(from(origin, Task.Link.NONE, "{}").source()).isEqualTo(alone);
        assertThat(from(origin, Task.Link.toParent(TaskId.next()), "{}").source())
                .isEqualTo(child);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"requested_by\":2,\"user_id\":1} | 2",
                "{\"user_id\":1} | 1",
                "{\"requested_by\":\"ann\",\"user_id\":3} | 3",
                "{\"user_id\":1.5} | ",
                "{} | "
            })
    void who_asked_is_the_user_that_the_payload_names(String payload, Long user) {
        assertThat(from(Origin.V1, Task.Link.NONE, payload).requested_by()).isEqualTo(user);
    }

    @ParameterizedTest
    @CsvSource({
        "SCHEDULED, queued",
        "PENDING, queued",
        "RETRY, queued",
        "ACTIVE, running",
        "COMPLETED, succeeded",
        "ARCHIVED, failed",
        "CANCELLED, canceled"
    })
    void states_are_the_dialects_words(TaskState state, String status) {
        assertThat(AdminTask.of(SampleTask.in(state).task()).status()).isEqualTo(status);
    }

    @Test
    void an_error_is_the_message_else_what_was_printed_and_none_after_a_success() {
        assertThat(AdminTask.of(SampleTask.in(TaskState.ARCHIVED)
                                .left(1, "", "printed", "said", null)
                                .task())
                        .error_message())
                .isEqualTo("said");
        assertThat(AdminTask.of(SampleTask.in(TaskState.ARCHIVED)
                                .left(1, "", "printed", "", null)
                                .task())
                        .error_message())
                .isEqualTo("printed");
        assertThat(AdminTask.of(SampleTask.in(TaskState.COMPLETED)
                                .left(0, "", "a warning", "", null)
                                .task())
                        .error_message())
                .isNull();
    }

    @Test
    void times_have_nanoseconds_and_an_offset_in_digits() {
        AdminTask shown = AdminTask.of(SampleTask.in(TaskState.COMPLETED).task());
        assertThat(shown.created_at()).isEqualTo("2026-03-10T08:51:32.123456000+00:00");
        assertThat(shown.finished_at()).isEqualTo("2026-03-10T08:53:02.123456000+00:00");
    }

    private static AdminTask from(Origin origin, Task.Link link, String payload) {
        Task sample = SampleTask.in(TaskState.PENDING).task();
        Task.Description said = sample.description();
        return AdminTask.of(new Task(
                sample.id(),
                sample.number(),
                origin,
                sample.state(),
                sample.queue(),
                sample.type(),
                sample.priority(),
                false,
                0,
                new Task.Description(said.name(), 0, payload, payload, "{}", said.createdBy()),
                link,
                sample.runs(),
                sample.times(),
                sample.result()));
    }
}
