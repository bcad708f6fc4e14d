package io.taskhub.cron;

import java.util.Locale;

/** What a fire does when what the job started before still runs. Written in lower case. */
public enum OverlapPolicy {
    /** It starts all the same. */
    ALLOW,
    /** It is left out. */
    SKIP,
    /** It waits for its turn. */
    QUEUE,
    /** It cancels what runs and starts. */
    CANCEL_PREVIOUS;

    /** @throws InvalidSpecException when it is none of the four */
    public static OverlapPolicy of(String text) {
        return Words.of(OverlapPolicy.class, "overlap", text);
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
