package io.taskhub.contracts;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How TaskHub says that a task is to be run (decisions §3). Written as in {@link #wire()}, read in any case. */
public enum ExecType {
    LOCAL("Local"),
    REMOTE("Remote"),
    SCRIPT("Script"),
    HTTP_CALL("HttpCall"),
    SHELL("Shell");

    private final String wire;

    ExecType(String wire) {
        this.wire = wire;
    }

    /** Any case; {@code http} and {@code http_call} too. Anything else is refused with the list of what is allowed. */
    public static ExecType of(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT).replace("_", "");
        for (ExecType type : values()) {
            if (type.wire.toLowerCase(Locale.ROOT).equals(wanted)) {
                return type;
            }
        }
        if (wanted.equals("http")) {
            return HTTP_CALL;
        }
        throw new IllegalArgumentException("unknown exec_type: " + text + " (allowed: "
                + Arrays.stream(values()).map(ExecType::wire).collect(Collectors.joining(", ")) + ")");
    }

    public String wire() {
        return wire;
    }
}
