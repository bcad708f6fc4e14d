package io.taskhub.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TaskIdTest {

    @Test
    void every_spelling_reads_back_as_the_same_task() {
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            TaskId id = new TaskId(new UUID(random.nextLong(), random.nextLong()));
            assertThat(TaskId.parse(id.toString())).contains(id);
            assertThat(TaskId.parse(id.tsk())).contains(id);
            assertThat(TaskId.parse(id.job())).contains(id);
        }
    }

    @Test
    void task_center_sees_the_known_crockford_form() {
        assertThat(new TaskId(new UUID(0, 31)).tsk()).isEqualTo("tsk_0000000000000000000000000Z");
        assertThat(new TaskId(new UUID(-1, -1)).tsk()).isEqualTo("tsk_7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "42",
                "tsk_",
                "tsk_8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
                "tsk_0000000000000000000000000U",
                "job-42",
                "0199c8f0-0000-7000-8000-00000000002",
                "1-1-1-1-1"
            })
    void anything_else_is_no_task_id(String text) {
        assertThat(TaskId.parse(text)).isEmpty();
    }
}
