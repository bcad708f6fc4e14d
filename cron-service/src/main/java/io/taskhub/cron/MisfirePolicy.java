package io.taskhub.cron;

import java.util.Locale;

/** What becomes of fires whose time passed while nobody was there to make them. Written in lower case. */
public enum MisfirePolicy {
    /** They are not made. */
    SKIP,
    /** One fire stands for all of them, the last. */
    ONCE,
    /** Each is made, up to a limit. */
    ALL;

    /** @throws InvalidSpecException when it is none of the three */
    public static MisfirePolicy of(String text) {
        return Words.of(MisfirePolicy.class, "misfire", text);
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
