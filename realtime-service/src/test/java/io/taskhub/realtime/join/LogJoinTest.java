package io.taskhub.realtime.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LogJoinTest {
    private static final TaskId TASK = TaskId.of("0199c8f0-0000-7000-8000-00000000002a");
    private static final TaskId OTHER = TaskId.of("0199c8f0-0000-7000-8000-00000000002b");

    private static LogRecord line(TaskId task, int claim, int n) {
        return new LogRecord(task, 42, "42", null, null, claim, n, 1, "w", 1, 1, "line " + n, n, 0, null);
    }

    private static LogRecord line(int claim, int n) {
        return line(TASK, claim, n);
    }

    /** The store may be behind the feed; a call waits until it has what the feed had read when it was made. */
    private static List<LogRecord> play(Interleavings choices, List<LogRecord> written) {
        LogJoin join = LogJoin.from(0);
        List<LogRecord> given = new ArrayList<>();
        int fed = choices.choose(written.size() + 1);
        boolean reading = join.startsReading();
        int mustHave = fed;
        while (fed < written.size() || reading) {
            boolean feed = fed < written.size() && (!reading || choices.choose(2) == 0);
            if (feed) {
                given.addAll(join.live(written.get(fed++)));
            } else {
                int has = mustHave + choices.choose(written.size() - mustHave + 1);
                long from = join.cursor();
                List<LogRecord> stored = written.subList(0, has).stream()
                        .filter(line -> line.seq() >= from)
                        .sorted((a, b) -> Long.compare(a.seq(), b.seq()))
                        .toList();
                given.addAll(join.page(stored.subList(0, Math.min(2, stored.size())), stored.size() > 2));
                reading = false;
            }
            if (!reading && join.startsReading()) {
                reading = true;
                mustHave = fed;
            }
        }
        return given;
    }

    @Test
    void at_every_interleaving_each_line_of_every_claim_is_given_once() {
        List<LogRecord> written = List.of(line(1, 1), line(1, 2), line(2, 1), line(2, 2));
        Interleavings.of(choices -> assertThat(play(choices, written)).isEqualTo(written));
    }

    @Test
    void a_late_line_of_an_earlier_claim_is_given_too() {
        List<LogRecord> written = List.of(line(1, 1), line(2, 1), line(1, 2));
        Interleavings.of(choices -> assertThat(play(choices, written)).containsExactlyInAnyOrderElementsOf(written));
    }

    @Test
    void a_gap_in_a_claim_is_read_from_history_without_what_was_before_the_subscription() {
        LogJoin join = LogJoin.live(3);
        assertThat(join.live(line(1, 3))).hasSize(1);
        assertThat(join.live(line(1, 6))).isEmpty();
        assertThat(join.startsReading()).isTrue();
        assertThat(join.cursor()).isEqualTo(4);
        List<LogRecord> page = List.of(line(OTHER, 1, 2), line(1, 4), line(1, 5), line(1, 6));
        assertThat(join.page(page, false)).containsExactly(line(1, 4), line(1, 5), line(1, 6));
        assertThat(join.live(line(1, 7))).hasSize(1);
    }

    @Test
    void after_a_jump_of_the_feed_only_what_was_missed_is_given() {
        LogJoin join = LogJoin.live(2);
        join.live(line(1, 2));
        join.recheck();
        assertThat(join.startsReading()).isTrue();
        assertThat(join.cursor()).isZero();
        assertThat(join.page(List.of(line(1, 1), line(1, 2), line(1, 3)), false))
                .containsExactly(line(1, 3));
    }

    @Test
    void more_live_lines_than_can_wait_are_read_from_history_again() {
        int lines = 2 * Join.MAX_AHEAD + 10;
        LogJoin join = LogJoin.from(0);
        assertThat(join.startsReading()).isTrue();
        IntStream.rangeClosed(1, lines).forEach(n -> join.live(line(1, n)));
        List<LogRecord> given = new ArrayList<>(join.page(List.of(), false));
        while (join.startsReading()) {
            int from = (int) Math.max(1, join.cursor());
            given.addAll(join.page(
                    IntStream.rangeClosed(from, Math.min(lines, from + 99))
                            .mapToObj(n -> line(1, n))
                            .toList(),
                    from + 99 < lines));
        }
        assertThat(given)
                .extracting(LogRecord::n)
                .isEqualTo(IntStream.rangeClosed(1, lines).boxed().toList());
    }
}
