package io.taskhub.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CapturedTest {
    private final List<String> lines = new ArrayList<>();
    private final Captured captured = new Captured(lines::add, new OutputBudget(16 << 20));

    @Test
    void a_line_longer_than_64_KiB_is_split_between_characters() {
        String text = "x" + "€".repeat(40_000);
        captured.write(text + "\n");
        assertThat(lines).hasSize(2);
        assertThat(String.join("", lines)).isEqualTo(text);
        assertThat(lines).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= Captured.LINE_BYTES);
        assertThat(captured.text()).isEqualTo(text + "\n");
        assertThat(captured.cut()).isFalse();
    }

    @Test
    void a_character_that_comes_in_two_pieces_stays_whole() {
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        captured.write(euro, 0, 1);
        captured.write(euro, 1, 2);
        captured.finish();
        assertThat(lines).containsExactly("€");
    }

    @Test
    void what_is_kept_never_ends_inside_a_character() {
        captured.write("€".repeat(400_000));
        captured.finish();
        assertThat(captured.text().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(Captured.KEPT_BYTES);
        assertThat(captured.text()).matches("€+");
        assertThat(captured.cut()).isTrue();
    }

    @Test
    void a_carriage_return_is_kept_but_not_shown_in_the_log() {
        captured.write("a\r\n\nb");
        captured.finish();
        assertThat(lines).containsExactly("a", "", "b");
        assertThat(captured.text()).isEqualTo("a\r\n\nb");
    }

    @Test
    void what_finds_no_room_in_the_budget_is_streamed_but_not_kept() {
        OutputBudget budget = new OutputBudget(5);
        Captured first = new Captured(lines::add, budget);
        first.write("abc\n");
        Captured second = new Captured(lines::add, budget);
        second.write("def\n");
        assertThat(lines).containsExactly("abc", "def");
        assertThat(second.text()).isEmpty();
        assertThat(second.cut()).isTrue();
        first.release();
        assertThat(budget.take(5)).isTrue();
    }

    @Test
    void nothing_is_taken_after_the_end() {
        captured.finish();
        captured.write("late\n");
        assertThat(captured.text()).isEmpty();
    }
}
