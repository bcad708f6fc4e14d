package io.taskhub.task.api.admin.diagnostics;

import io.taskhub.task.api.admin.diagnostics.Verdict.Code;

/** As {@link ReleaseBatchVerdict}, in the same order and spirit. */
final class DailySlotVerdict {
    private static final Verdict CANCELED = Verdict.canceled(
            Code.PARTIAL, "任务在执行中被取消，部分用户可能未处理。", "The task was canceled; some users may have been left out.");

    private DailySlotVerdict() {}

    static Verdict of(Evidence evidence, DailySlot slot) {
        return switch (evidence.phase()) {
            case FAILED -> Verdict.failed(evidence.errorOr("日报任务执行失败。", "The briefs' task failed."));
            case CANCELED -> CANCELED;
            case QUEUED, RUNNING ->
                Verdict.underWay("任务正在执行中，结果尚未稳定。", "The task is under way; its result is not settled yet.");
            case SUCCEEDED -> slot.summary().canceled() ? CANCELED : byCounts(slot.summary());
        };
    }

    private static Verdict byCounts(DailySlot.Summary counted) {
        if (counted.total_users() == 0) {
            return Verdict.nothingToDo(
                    new Phrase("无需执行", "Nothing to do"), "当前小时槽没有可执行用户。", "No user has a brief at this hour.");
        }
        if (counted.failed_users() > 0) {
            return counted.succeeded_users() == 0
                    ? Verdict.failed(new Phrase(
                            "日报任务执行完成，但全部用户处理失败。", "The task ran to its end, but every user's brief failed."))
                    : Verdict.partly("部分用户日报生成成功，部分失败。", "Some users' briefs were made, others failed.");
        }
        return counted.succeeded_users() > 0
                ? Verdict.succeeded("日报任务已完成，目标用户处理成功。", "Every user's brief was made.")
                : Verdict.unclear(
                        "任务已完成，但缺少可判定的用户执行结果。", "The task has ended, but nothing tells what became of its users.");
    }
}
