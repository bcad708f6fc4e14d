package io.taskhub.task.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.api.Cursor;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class V1ListQueryTest {

    @Test
    void it_pages_twenty_at_a_time_newest_first() {
        V1ListQuery query = V1ListQuery.parse(name -> null);
        assertThat(query.pageSize()).isEqualTo(20);
        assertThat(query.filter().limit()).isEqualTo(21);
        assertThat(query.filter().newestFirst()).isTrue();
        assertThat(query.filter().children()).isFalse();
    }

    @Test
    void every_filter_is_passed_on() {
        Map<String, String> given = Map.of(
                "queue",
                "high",
                "state",
                "archived",
                "type",
                "demo",
                "limit",
                "500",
                "cursor",
                Cursor.of(7),
                "include",
                "children");
        var filter = V1ListQuery.parse(given::get).filter();
        assertThat(filter.queue()).isEqualTo("high");
        assertThat(filter.states()).containsExactlyInAnyOrder(TaskState.ARCHIVED, TaskState.CANCELLED);
        assertThat(filter.type()).isEqualTo("demo");
        assertThat(filter.after()).isEqualTo(7);
        assertThat(filter.limit()).isEqualTo(101);
        assertThat(filter.children()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"limit,many", "state,success", "queue,a b", "cursor,7", "limit,99999999999999999999"})
    void a_wrong_parameter_is_refused(String name, String value) {
        assertThatThrownBy(() -> V1ListQuery.parse(Map.of(name, value)::get)).isInstanceOf(V1Error.class);
    }
}
