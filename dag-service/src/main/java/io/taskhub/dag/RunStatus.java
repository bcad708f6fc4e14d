package io.taskhub.dag;

import java.util.Locale;

/** A run's state and the number that clients see it as (decisions §3). */
public enum RunStatus {
    RUNNING(0),
    SUCCESS(1),
    FAILED(2),
    CANCELED(3);

    private final int code;

    RunStatus(int code) {
        this.code = code;
    }

    /** @throws IllegalArgumentException when there is no such number */
    public static RunStatus ofCode(int code) {
        for (RunStatus status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        throw new IllegalArgumentException("no run status " + code);
    }

    /** 0 to 3. */
    public int code() {
        return code;
    }

    /** {@code running}, {@code success}, {@code failed}, {@code canceled}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
