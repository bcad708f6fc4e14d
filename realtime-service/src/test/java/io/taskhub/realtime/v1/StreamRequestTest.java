package io.taskhub.realtime.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.realtime.sse.Start;
import io.taskhub.realtime.sse.StreamId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StreamRequestTest {
    private static final Start BEGINNING = new Start.After(StreamId.BEGINNING);
    private static final Start END = new Start.AtEnd();

    private static Start start(@Nullable String startId, @Nullable String history, @Nullable String lastEventId) {
        return StreamRequest.one("t", startId, history, lastEventId).starts().getFirst();
    }

    @Test
    void a_stream_starts_at_the_end_unless_told_otherwise() {
        assertThat(start(null, null, null)).isEqualTo(END);
        assertThat(start("", "", "")).isEqualTo(END);
        assertThat(start("$", "false", null)).isEqualTo(END);
        assertThat(start("0", null, null)).isEqualTo(BEGINNING);
        assertThat(start("1737884800000-3", null, null)).isEqualTo(new Start.After(new StreamId(1737884800000L, 3)));
    }

    @Test
    void history_starts_at_the_beginning() {
        assertThat(start(null, "true", null)).isEqualTo(BEGINNING);
        assertThat(start("$", "true", null)).isEqualTo(BEGINNING);
    }

    @Test
    void the_last_event_id_wins() {
        Start resumed = new Start.After(new StreamId(5, 2));
        assertThat(start("0", "true", "5-2")).isEqualTo(resumed);
        assertThat(start("$", null, "5-2")).isEqualTo(resumed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-", "5-", "-1", "5-2-1", "0x5", "99999999999999999999"})
    void other_ids_are_refused(String id) {
        assertThatThrownBy(() -> start(id, null, null)).isInstanceOf(StreamRequest.InvalidException.class);
        assertThatThrownBy(() -> start(null, null, id)).isInstanceOf(StreamRequest.InvalidException.class);
    }

    @Test
    void history_is_true_or_false() {
        assertThatThrownBy(() -> start(null, "maybe", null)).hasMessage("history must be true or false");
    }

    @Test
    void several_tasks_are_one_to_ten_different_ids() {
        assertThat(StreamRequest.many("a, b,,a", null, null, null).tasks()).containsExactly("a", "b");
        assertThat(StreamRequest.many("1,2,3,4,5,6,7,8,9,10", null, null, null).tasks())
                .hasSize(10);
        assertThatThrownBy(() -> StreamRequest.many("1,2,3,4,5,6,7,8,9,10,11", null, null, null))
                .hasMessage("at most 10 task_ids");
        for (@Nullable String none : Arrays.asList(null, "", " , ")) {
            assertThatThrownBy(() -> StreamRequest.many(none, null, null, null)).hasMessage("task_ids is required");
        }
    }

    @Test
    void several_tasks_resume_each_at_its_own_place() {
        assertThat(StreamRequest.many("a,b", "$", null, "5-2,7-1").starts())
                .isEqualTo(List.of(new Start.After(new StreamId(5, 2)), new Start.After(new StreamId(7, 1))));
        assertThatThrownBy(() -> StreamRequest.many("a,b,c", null, null, "5-2,7-1"))
                .hasMessage("Last-Event-ID is of other tasks");
    }

    @Test
    void ids_are_ordered_by_time_and_then_number() {
        assertThat(new StreamId(5, 9)).isLessThan(new StreamId(6, 1)).isGreaterThan(new StreamId(5, 8));
        assertThat(new StreamId(5, 9)).hasToString("5-9");
    }
}
