package io.taskhub.task.api.admin.diagnostics;

import io.taskhub.task.api.admin.diagnostics.Verdict.Code;
import org.jspecify.annotations.Nullable;

/** The contract's {@code brief_generate}. {@code content_length} in characters, null while there is no content. */
public record GeneratedBrief(
        @Nullable UserId target_user_id,
        @Nullable Long content_length,
        @Nullable String key_date) {
    static final String TYPE = "brief.generate";

    static GeneratedBrief of(Evidence evidence) {
        String date = evidence.payload().text("key_date");
        return new GeneratedBrief(
                evidence.payload().user("user_id"),
                evidence.result().integer("content_length"),
                date == null ? evidence.result().text("key_date") : date);
    }

    Verdict verdict(Evidence evidence) {
        return switch (evidence.phase()) {
            case FAILED -> Verdict.failed(evidence.errorOr("日报生成失败。", "The brief could not be made."));
            case CANCELED ->
                Verdict.canceled(
                        Code.UNKNOWN, "任务在执行中被取消，结果可能不完整。", "The task was canceled; its result may be incomplete.");
            case QUEUED, RUNNING -> Verdict.underWay("任务尚未完成。", "The task has not ended yet.");
            case SUCCEEDED ->
                content_length != null && content_length > 0
                        ? Verdict.succeeded("日报内容已生成并写入。", "The brief was made and stored.")
                        : Verdict.unclear(
                                "任务已完成，但缺少可见的日报内容长度。", "The task has ended, but nothing tells how long its brief is.");
        };
    }
}
