package io.taskhub.task.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.Task;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CursorTest {
    private static final Task TASK = SampleTask.in(TaskState.PENDING).task();

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 1_000_000, Long.MAX_VALUE})
    void a_cursor_reads_back(long number) {
        assertThat(Cursor.parse(Cursor.of(number))).contains(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c_", "c_0", "c_-1", "c_!", "42", "c_zzzzzzzzzzzzzzzzzzzz"})
    void anything_else_is_none(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }

    @Test
    void there_is_a_next_page_only_when_one_more_was_found() {
        assertThat(Cursor.page(List.of(TASK, TASK), 2)).isEqualTo(new Cursor.Page(List.of(TASK, TASK), null));
        assertThat(Cursor.page(Collections.nCopies(3, TASK), 2))
                .isEqualTo(new Cursor.Page(List.of(TASK, TASK), Cursor.of(42)));
    }
}
