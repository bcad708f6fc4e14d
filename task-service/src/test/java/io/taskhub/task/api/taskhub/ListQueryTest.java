package io.taskhub.task.api.taskhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.api.Cursor;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ListQueryTest {

    @Test
    void without_parameters_it_is_the_newest_thousand() {
        ListQuery query = ListQuery.parse(name -> null);
        assertThat(query.taskCenter()).isFalse();
        assertThat(query.filter().limit()).isEqualTo(1_000);
        assertThat(query.filter().newestFirst()).isTrue();
        assertThat(query.filter().children()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"limit,5", "status,queued", "since,2025-03-10T08:51:32Z", "order,asc", "cursor,c_1", "view,task-center"
    })
    void any_of_its_parameters_makes_it_task_centers(String name, String value) {
        assertThat(ListQuery.parse(Map.of(name, value)::get).taskCenter()).isTrue();
    }

    @Test
    void children_alone_or_an_empty_parameter_does_not() {
        Map<String, String> given = Map.of("include", "children", "status", "", "limit", " ");
        ListQuery query = ListQuery.parse(given::get);
        assertThat(query.taskCenter()).isFalse();
        assertThat(query.filter().children()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0,1", "-5,1", "1,1", "20,20", "100,100", "101,100", "9999999999,100"})
    void the_limit_is_clamped(String limit, int size) {
        ListQuery query = ListQuery.parse(Map.of("limit", limit)::get);
        assertThat(query.pageSize()).isEqualTo(size);
        assertThat(query.filter().limit()).isEqualTo(size + 1);
    }

    @Test
    void every_filter_is_passed_on() {
        Map<String, String> given =
                Map.of("status", "failed", "since", "2025-03-10T08:51:32.5Z", "order", "asc", "cursor", Cursor.of(42));
        var filter = ListQuery.parse(given::get).filter();
        assertThat(filter.states()).containsExactlyInAnyOrder(TaskState.ARCHIVED, TaskState.CANCELLED);
        assertThat(filter.changedSince()).isEqualTo(Instant.parse("2025-03-10T08:51:32.500999Z"));
        assertThat(filter.newestFirst()).isFalse();
        assertThat(filter.after()).isEqualTo(42);
        assertThat(filter.limit()).isEqualTo(21);
    }

    @ParameterizedTest
    @CsvSource({
        "limit,ten",
        "status,pending",
        "since,yesterday",
        "order,up",
        "cursor,42",
        "view,table",
        "include,everything"
    })
    void a_wrong_parameter_is_answered_400(String name, String value) {
        assertThatThrownBy(() -> ListQuery.parse(Map.of(name, value)::get))
                .isInstanceOf(TaskHubError.class)
                .hasMessageContaining(name);
    }
}
