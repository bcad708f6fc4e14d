package io.taskhub.task.api.admin.diagnostics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.api.admin.diagnostics.ReleaseBatch.Item;
import io.taskhub.task.api.admin.diagnostics.ReleaseBatch.Progress;
import io.taskhub.task.api.admin.diagnostics.ReleaseBatch.Summary;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReleaseBatchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ARCHIVED  | {\"total\":1,\"ready\":1} | failed | 业务失败 | 任务执行失败，未产出可用翻译。 | Failed",
                "CANCELLED | {\"total\":1,\"ready\":1} | partial | 已取消 | 任务已取消，结果可能不完整。 | Canceled",
                "SCHEDULED | {} | unknown | 处理中 | 任务正在执行中，结果尚未稳定。 | In progress",
                "PENDING   | {} | unknown | 处理中 | 任务正在执行中，结果尚未稳定。 | In progress",
                "RETRY     | {} | unknown | 处理中 | 任务正在执行中，结果尚未稳定。 | In progress",
                "ACTIVE    | {} | unknown | 处理中 | 任务正在执行中，结果尚未稳定。 | In progress",
                "COMPLETED | {\"total\":0} | ok | 无需翻译 | 任务未命中可翻译的 Release。 | Nothing to translate",
                "COMPLETED | {\"total\":2,\"disabled\":2} | disabled | AI 已禁用 | 翻译能力未启用，任务未进行翻译。 | AI is disabled",
                "COMPLETED | {\"total\":2,\"error\":1,\"missing\":1} | failed | 业务失败 | 任务运行完成，但翻译结果全部失败。 | Failed",
                "COMPLETED | {\"total\":2,\"ready\":1,\"error\":1} | partial | 部分成功 | 部分 Release 翻译成功，部分失败或缺失。 | Partly succeeded",
                "COMPLETED | {\"total\":2,\"ready\":1,\"missing\":1} | partial | 部分成功 | 部分 Release 翻译成功，部分失败或缺失。 | Partly succeeded",
                "COMPLETED | {\"total\":2,\"missing\":2} | partial | 部分成功 | 部分 Release 翻译成功，部分失败或缺失。 | Partly succeeded",
                "COMPLETED | {\"total\":2,\"ready\":2} | ok | 业务成功 | 所有目标 Release 已完成翻译。 | Succeeded",
                "COMPLETED | {\"total\":2,\"ready\":1,\"disabled\":1} | partial | 部分成功 | 已有翻译结果，但统计未完全收敛。 | Partly succeeded",
                "COMPLETED | {\"total\":2} | unknown | 结果未知 | 任务状态显示成功，但缺少可判定的翻译结果统计。 | Unclear"
            })
    void the_outcome_follows_the_table(
            TaskState state, String result, String code, String label, String message, String english) {
        Worked task = Worked.on("translate.release.batch", state).result(result);
        assertThat(task.diagnostics().business_outcome()).isEqualTo(new BusinessOutcome(code, label, message));
        BusinessOutcome translated = task.in(Language.ENGLISH).business_outcome();
        assertThat(translated.code()).isEqualTo(code);
        assertThat(translated.label()).isEqualTo(english);
        assertThat(translated.message()).matches("\\p{ASCII}+");
    }

    @Test
    void a_failure_is_told_in_its_own_words() {
        BusinessOutcome outcome = Worked.on("translate.release.batch", TaskState.ARCHIVED)
                .error("worker lost")
                .diagnostics()
                .business_outcome();
        assertThat(outcome).isEqualTo(new BusinessOutcome("failed", "业务失败", "worker lost"));
    }

    @Test
    void the_result_gives_the_counts_and_the_events_the_items() {
        ReleaseBatch batch = batch(Worked.on("translate.release.batch", TaskState.COMPLETED)
                .payload("{\"user_id\":1,\"release_ids\":[291058027,291042015]}")
                .result("{\"total\":2,\"ready\":1,\"error\":1}")
                .said(
                        "{\"stage\":\"release\",\"release_id\":\"291042015\",\"item_status\":\"ready\",\"item_error\":null}")
                .said("{\"stage\":\"release\",\"release_id\":\"291058027\",\"item_status\":\"error\","
                        + "\"item_error\":\"translation failed\"}"));
        assertThat(batch.target_user_id()).isEqualTo(new UserId(1L));
        assertThat(batch.release_total()).isEqualTo(2);
        assertThat(batch.summary()).isEqualTo(new Summary(2, 1, 0, 0, 1));
        assertThat(batch.progress()).isEqualTo(new Progress(2, "release"));
        assertThat(batch.items())
                .containsExactly(
                        new Item("291042015", "ready", null, Worked.at(1)),
                        new Item("291058027", "error", "translation failed", Worked.at(2)));
    }

    @Test
    void without_a_result_the_items_are_counted() {
        ReleaseBatch batch = batch(Worked.on("translate.release.batch", TaskState.ACTIVE)
                .payload("{\"user_id\":\"7\",\"release_ids\":[1,\"2\",3,4]}")
                .said("{\"stage\":\"collect\"}")
                .said("{\"stage\":\"release\",\"release_id\":1,\"item_status\":\"ready\"}")
                .said("{\"stage\":\"release\",\"release_id\":\"2\",\"item_status\":\"missing\"}")
                .said("{\"stage\":\"release\",\"release_id\":3,\"item_status\":\"disabled\"}"));
        assertThat(batch.target_user_id()).isEqualTo(new UserId(7L));
        assertThat(batch.summary()).isEqualTo(new Summary(4, 1, 1, 1, 0));
        assertThat(batch.progress()).isEqualTo(new Progress(3, "release"));
    }

    @Test
    void the_larger_of_the_result_and_the_payload_is_the_total() {
        Worked task = Worked.on("translate.release.batch", TaskState.COMPLETED)
                .payload("{\"release_ids\":[1,2,3,3]}")
                .result("{\"total\":2,\"ready\":2}");
        assertThat(batch(task).release_total()).isEqualTo(3);
        assertThat(task.diagnostics().business_outcome().message()).isEqualTo("已有翻译结果，但统计未完全收敛。");
    }

    @Test
    void a_release_told_twice_is_one_item_at_its_first_place_in_its_last_state() {
        ReleaseBatch batch = batch(Worked.on("translate.release.batch", TaskState.ACTIVE)
                .said("{\"stage\":\"release\",\"release_id\":9,\"item_status\":\"error\",\"item_error\":\"timeout\"}")
                .said("{\"stage\":\"release\",\"release_id\":8,\"item_status\":\"ready\"}")
                .nextAttempt()
                .said("{\"stage\":\"release\",\"release_id\":\"9\",\"item_status\":\"ready\"}"));
        assertThat(batch.items())
                .containsExactly(
                        new Item("9", "ready", null, Worked.at(3)), new Item("8", "ready", null, Worked.at(2)));
        assertThat(batch.progress().processed()).isEqualTo(2);
    }

    @Test
    void what_was_said_before_a_restart_is_forgotten() {
        ReleaseBatch batch = batch(Worked.on("translate.release.batch", TaskState.ACTIVE)
                .said("{\"stage\":\"release\",\"release_id\":1,\"item_status\":\"error\"}")
                .ended()
                .said("{\"stage\":\"release\",\"release_id\":2,\"item_status\":\"ready\"}"));
        assertThat(batch.items()).extracting(Item::release_id).containsExactly("2");
    }

    @Test
    void odd_payloads_and_events_do_no_harm() {
        ReleaseBatch batch = batch(Worked.on("translate.release.batch", TaskState.COMPLETED)
                .payload("{\"user_id\":{},\"release_ids\":\"1,2\"}")
                .result("{\"total\":\"two\",\"ready\":1.5}")
                .said("release", null)
                .said("release", "[1,2]")
                .said("release", "{\"release_id\":5}")
                .said("no json"));
        assertThat(batch.target_user_id()).isNull();
        assertThat(batch.items())
                .extracting(Item::release_id, Item::item_status)
                .containsExactly(tuple("unknown", "unknown"), tuple("5", "unknown"));
        assertThat(batch.summary()).isEqualTo(new Summary(2, 0, 0, 0, 0));
    }

    @Test
    void it_is_the_only_typed_part() {
        Diagnostics diagnostics =
                Worked.on("translate.release.batch", TaskState.COMPLETED).diagnostics();
        assertThat(diagnostics.translate_release_batch()).isNotNull();
        assertThat(diagnostics.brief_daily_slot()).isNull();
        assertThat(diagnostics.brief_generate()).isNull();
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void a_single_release_has_no_diagnostics(TaskState state) {
        Worked task = Worked.on("translate.release", state);
        assertThat(Diagnostics.of(task.task(), List.of(), Language.CHINESE)).isEmpty();
    }

    private static ReleaseBatch batch(Worked task) {
        return requireNonNull(task.diagnostics().translate_release_batch());
    }
}
