package io.taskhub.task.api.admin.diagnostics;

import io.taskhub.task.api.admin.diagnostics.Verdict.Code;

/** The outcome table of decisions §7, first match wins. */
final class ReleaseBatchVerdict {
    private ReleaseBatchVerdict() {}

    static Verdict of(Evidence evidence, ReleaseBatch batch) {
        return switch (evidence.phase()) {
            case FAILED ->
                Verdict.failed(evidence.errorOr("任务执行失败，未产出可用翻译。", "The task failed and left no usable translation."));
            case CANCELED ->
                Verdict.canceled(
                        Code.PARTIAL, "任务已取消，结果可能不完整。", "The task was canceled; its result may be incomplete.");
            case QUEUED, RUNNING ->
                Verdict.underWay("任务正在执行中，结果尚未稳定。", "The task is under way; its result is not settled yet.");
            case SUCCEEDED -> byCounts(batch.release_total(), batch.summary());
        };
    }

    private static Verdict byCounts(long total, ReleaseBatch.Summary counted) {
        if (total == 0) {
            return Verdict.nothingToDo(
                    new Phrase("无需翻译", "Nothing to translate"),
                    "任务未命中可翻译的 Release。",
                    "No release was there to be translated.");
        }
        if (counted.disabled() == total) {
            return new Verdict(
                    Code.DISABLED,
                    new Phrase("AI 已禁用", "AI is disabled"),
                    new Phrase("翻译能力未启用，任务未进行翻译。", "Translation is not enabled; nothing was translated."));
        }
        if (counted.error() > 0 && counted.ready() == 0) {
            return Verdict.failed(
                    new Phrase("任务运行完成，但翻译结果全部失败。", "The task ran to its end, but every translation failed."));
        }
        if (counted.error() > 0 || counted.missing() > 0) {
            return Verdict.partly(
                    "部分 Release 翻译成功，部分失败或缺失。", "Some releases were translated, others failed or are missing.");
        }
        if (counted.ready() >= total) {
            return Verdict.succeeded("所有目标 Release 已完成翻译。", "Every release was translated.");
        }
        return counted.ready() > 0
                ? Verdict.partly("已有翻译结果，但统计未完全收敛。", "There are translations, but the counts do not add up yet.")
                : Verdict.unclear(
                        "任务状态显示成功，但缺少可判定的翻译结果统计。",
                        "The task says that it succeeded, but no counts of translations tell so.");
    }
}
