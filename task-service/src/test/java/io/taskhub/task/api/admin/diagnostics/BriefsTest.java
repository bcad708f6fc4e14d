package io.taskhub.task.api.admin.diagnostics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.admin.diagnostics.DailySlot.Summary;
import io.taskhub.task.api.admin.diagnostics.DailySlot.User;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BriefsTest {
    private static final String SLOT = "brief.daily_slot";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ARCHIVED  | {\"total\":1,\"succeeded\":1} | failed | 业务失败 | 日报任务执行失败。",
                "CANCELLED | {\"total\":1,\"succeeded\":1} | partial | 已取消 | 任务在执行中被取消，部分用户可能未处理。",
                "SCHEDULED | {} | unknown | 处理中 | 任务正在执行中，结果尚未稳定。",
                "PENDING   | {} | unknown | 处理中 | 任务正在执行中，结果尚未稳定。",
                "RETRY     | {} | unknown | 处理中 | 任务正在执行中，结果尚未稳定。",
                "ACTIVE    | {} | unknown | 处理中 | 任务正在执行中，结果尚未稳定。",
                "COMPLETED | {\"total\":2,\"succeeded\":1,\"canceled\":true} | partial | 已取消 | 任务在执行中被取消，部分用户可能未处理。",
                "COMPLETED | {\"total\":0} | ok | 无需执行 | 当前小时槽没有可执行用户。",
                "COMPLETED | {\"total\":2,\"failed\":2} | failed | 业务失败 | 日报任务执行完成，但全部用户处理失败。",
                "COMPLETED | {\"total\":2,\"succeeded\":1,\"failed\":1} | partial | 部分成功 | 部分用户日报生成成功，部分失败。",
                "COMPLETED | {\"total\":2,\"succeeded\":2} | ok | 业务成功 | 日报任务已完成，目标用户处理成功。",
                "COMPLETED | {\"total\":2} | unknown | 结果未知 | 任务已完成，但缺少可判定的用户执行结果。"
            })
    void the_outcome_of_a_slot(TaskState state, String result, String code, String label, String message) {
        Worked task = Worked.on(SLOT, state).result(result);
        assertThat(task.diagnostics().business_outcome()).isEqualTo(new BusinessOutcome(code, label, message));
        assertThat(task.in(Language.ENGLISH).business_outcome().label()).matches("\\p{ASCII}+");
        assertThat(task.in(Language.ENGLISH).business_outcome().message()).matches("\\p{ASCII}+");
    }

    @Test
    void a_slot_that_failed_says_why() {
        assertThat(Worked.on(SLOT, TaskState.ARCHIVED)
                        .error("no users-url")
                        .diagnostics()
                        .business_outcome()
                        .message())
                .isEqualTo("no users-url");
    }

    @Test
    void users_are_told_by_id_each_in_the_last_state() {
        DailySlot slot = slot(Worked.on(SLOT, TaskState.ACTIVE)
                .payload("{\"hour_utc\":0}")
                .said("{\"stage\":\"collect\",\"total_users\":4,\"hour_utc\":0}")
                .said("{\"stage\":\"generate\",\"index\":1,\"total\":4,\"user_id\":20,\"key_date\":\"2026-02-27\"}")
                .said("{\"stage\":\"user_succeeded\",\"user_id\":20,\"content_length\":9}")
                .said("{\"stage\":\"generate\",\"index\":2,\"total\":4,\"user_id\":\"3\"}")
                .said("{\"stage\":\"user_failed\",\"user_id\":3,\"key_date\":\"2026-02-27\",\"error\":\"ai timeout\"}")
                .said("{\"stage\":\"generate\",\"index\":3,\"total\":4,\"user_id\":100}"));
        assertThat(slot.hour_utc()).isZero();
        assertThat(slot.users())
                .containsExactly(
                        new User(new UserId(3L), "2026-02-27", "failed", "ai timeout", Worked.at(5)),
                        new User(new UserId(20L), "2026-02-27", "succeeded", null, Worked.at(3)),
                        new User(new UserId(100L), null, "running", null, Worked.at(6)));
        assertThat(slot.summary()).isEqualTo(new Summary(4, 3, 1, 1, false));
    }

    @Test
    void the_last_summary_wins_over_the_result_and_over_what_is_counted() {
        Worked task = Worked.on(SLOT, TaskState.COMPLETED)
                .result("{\"total\":9,\"succeeded\":9,\"failed\":0}")
                .said("{\"stage\":\"user_succeeded\",\"user_id\":1}")
                .said("{\"stage\":\"summary\",\"total\":1,\"succeeded\":1,\"failed\":0,\"canceled\":false}")
                .said("{\"stage\":\"summary\",\"total\":24,\"succeeded\":21,\"failed\":3,\"canceled\":false}");
        assertThat(slot(task).summary()).isEqualTo(new Summary(24, 24, 21, 3, false));
        assertThat(task.diagnostics().business_outcome().code()).isEqualTo("partial");
    }

    @Test
    void a_summary_of_an_attempt_that_failed_is_not_believed() {
        DailySlot slot = slot(Worked.on(SLOT, TaskState.ACTIVE)
                .said("{\"stage\":\"user_failed\",\"user_id\":1,\"error\":\"x\"}")
                .said("{\"stage\":\"summary\",\"total\":1,\"succeeded\":0,\"failed\":1,\"canceled\":false}")
                .nextAttempt()
                .said("{\"stage\":\"generate\",\"index\":1,\"user_id\":1}"));
        assertThat(slot.summary()).isEqualTo(new Summary(1, 1, 0, 0, false));
        assertThat(slot.users()).containsExactly(new User(new UserId(1L), null, "running", null, Worked.at(3)));
    }

    @Test
    void users_may_have_texts_for_ids_and_come_after_those_with_numbers() {
        DailySlot slot = slot(Worked.on(SLOT, TaskState.ACTIVE)
                .said("{\"stage\":\"generate\",\"user_id\":\"zoe\"}")
                .said("{\"stage\":\"generate\",\"user_id\":\"ann\"}")
                .said("{\"stage\":\"generate\",\"user_id\":\"10\"}")
                .said("{\"stage\":\"generate\",\"user_id\":9}"));
        assertThat(slot.users()).extracting(user -> user.user_id().value()).containsExactly(9L, 10L, "ann", "zoe");
        assertThat(JsonBody.write(slot.users().getFirst())).startsWith("{\"user_id\":9,");
        assertThat(JsonBody.write(slot.users().getLast())).startsWith("{\"user_id\":\"zoe\",");
    }

    @Test
    void users_without_a_readable_id_are_left_out() {
        DailySlot slot = slot(Worked.on(SLOT, TaskState.CANCELLED)
                .payload("{\"hour_utc\":\"noon\"}")
                .said("{\"stage\":\"user_succeeded\"}")
                .said("{\"stage\":\"user_failed\",\"user_id\":null}")
                .said("{\"stage\":\"user_failed\",\"user_id\":[1]}")
                .said("user_failed", "nonsense"));
        assertThat(slot.hour_utc()).isNull();
        assertThat(slot.users()).isEmpty();
        assertThat(slot.summary()).isEqualTo(new Summary(0, 0, 0, 0, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ARCHIVED  | {}                        | failed  | 业务失败 | 日报生成失败。",
                "CANCELLED | {}                        | unknown | 已取消  | 任务在执行中被取消，结果可能不完整。",
                "SCHEDULED | {}                        | unknown | 处理中  | 任务尚未完成。",
                "PENDING   | {}                        | unknown | 处理中  | 任务尚未完成。",
                "RETRY     | {}                        | unknown | 处理中  | 任务尚未完成。",
                "ACTIVE    | {}                        | unknown | 处理中  | 任务尚未完成。",
                "COMPLETED | {\"content_length\":3840} | ok      | 业务成功 | 日报内容已生成并写入。",
                "COMPLETED | {\"content_length\":0}    | unknown | 结果未知 | 任务已完成，但缺少可见的日报内容长度。",
                "COMPLETED | {}                        | unknown | 结果未知 | 任务已完成，但缺少可见的日报内容长度。"
            })
    void the_outcome_of_one_brief(TaskState state, String result, String code, String label, String message) {
        Worked task = Worked.on("brief.generate", state).result(result);
        assertThat(task.diagnostics().business_outcome()).isEqualTo(new BusinessOutcome(code, label, message));
        assertThat(task.in(Language.ENGLISH).business_outcome().message()).matches("\\p{ASCII}+");
    }

    @Test
    void one_brief_is_told_from_its_payload_and_result() {
        Diagnostics diagnostics = Worked.on("brief.generate", TaskState.COMPLETED)
                .payload("{\"user_id\":1,\"key_date\":\"2026-02-27\"}")
                .result("{\"content_length\":3840}")
                .diagnostics();
        assertThat(diagnostics.brief_generate()).isEqualTo(new GeneratedBrief(new UserId(1L), 3840L, "2026-02-27"));
        assertThat(diagnostics.brief_daily_slot()).isNull();
        assertThat(diagnostics.translate_release_batch()).isNull();
    }

    private static DailySlot slot(Worked task) {
        return requireNonNull(task.diagnostics().brief_daily_slot());
    }
}
