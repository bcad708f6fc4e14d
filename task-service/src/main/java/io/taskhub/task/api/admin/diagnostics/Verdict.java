package io.taskhub.task.api.admin.diagnostics;

import java.util.Locale;

/** What a task came to, whatever its state says. */
record Verdict(Code code, Phrase label, Phrase message) {

    /** The contract's words. */
    enum Code {
        OK,
        PARTIAL,
        FAILED,
        DISABLED,
        UNKNOWN
    }

    private static final Phrase SUCCEEDED = new Phrase("业务成功", "Succeeded");
    private static final Phrase PARTLY = new Phrase("部分成功", "Partly succeeded");
    private static final Phrase FAILED = new Phrase("业务失败", "Failed");
    private static final Phrase CANCELED = new Phrase("已取消", "Canceled");
    private static final Phrase UNDER_WAY = new Phrase("处理中", "In progress");
    private static final Phrase UNCLEAR = new Phrase("结果未知", "Unclear");

    static Verdict succeeded(String chinese, String english) {
        return new Verdict(Code.OK, SUCCEEDED, new Phrase(chinese, english));
    }

    static Verdict nothingToDo(Phrase label, String chinese, String english) {
        return new Verdict(Code.OK, label, new Phrase(chinese, english));
    }

    static Verdict partly(String chinese, String english) {
        return new Verdict(Code.PARTIAL, PARTLY, new Phrase(chinese, english));
    }

    static Verdict failed(Phrase message) {
        return new Verdict(Code.FAILED, FAILED, message);
    }

    static Verdict canceled(Code code, String chinese, String english) {
        return new Verdict(code, CANCELED, new Phrase(chinese, english));
    }

    static Verdict underWay(String chinese, String english) {
        return new Verdict(Code.UNKNOWN, UNDER_WAY, new Phrase(chinese, english));
    }

    static Verdict unclear(String chinese, String english) {
        return new Verdict(Code.UNKNOWN, UNCLEAR, new Phrase(chinese, english));
    }

    BusinessOutcome in(Language language) {
        return new BusinessOutcome(code.name().toLowerCase(Locale.ROOT), label.in(language), message.in(language));
    }
}
