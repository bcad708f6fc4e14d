package io.taskhub.dag;

import java.util.Locale;

/** When a node runs, once everything it depends on has ended. Additive; the contract knows only {@link #SUCCESS}. */
public enum RunIf {
    /** Everything that it depends on succeeded. The default. */
    SUCCESS,

    /** Something that it depends on failed, timed out or was cancelled. */
    FAILED,

    /** Whatever became of it, also when it was skipped. */
    ALWAYS;

    /** In any case. @throws IllegalArgumentException naming the allowed ones */
    public static RunIf of(String text) {
        for (RunIf condition : values()) {
            if (condition.name().equals(text.strip().toUpperCase(Locale.ROOT))) {
                return condition;
            }
        }
        throw new IllegalArgumentException("unknown run_if: " + text + " (allowed: success, failed, always)");
    }
}
