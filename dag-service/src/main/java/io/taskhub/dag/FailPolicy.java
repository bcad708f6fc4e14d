package io.taskhub.dag;

import java.util.Locale;

/** What a failed node means for the others (decisions §3). */
public enum FailPolicy {
    /** Every transitive descendant is skipped; independent branches finish. */
    SKIP_DOWNSTREAM("SkipDownstream"),

    /** Nothing new starts, running nodes end, the rest is skipped. */
    FAIL_FAST("FailFast");

    private final String wire;

    FailPolicy(String wire) {
        this.wire = wire;
    }

    /** In any case. @throws IllegalArgumentException naming the allowed ones */
    public static FailPolicy of(String text) {
        for (FailPolicy policy : values()) {
            if (policy.wire.toLowerCase(Locale.ROOT).equals(text.strip().toLowerCase(Locale.ROOT))) {
                return policy;
            }
        }
        throw new IllegalArgumentException("unknown fail_policy: " + text + " (allowed: SkipDownstream, FailFast)");
    }

    public String wire() {
        return wire;
    }
}
