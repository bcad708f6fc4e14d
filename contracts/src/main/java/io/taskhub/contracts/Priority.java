package io.taskhub.contracts;

import java.util.Locale;
import java.util.Optional;

/** Within a queue, higher runs first. TaskHub names them or numbers them −1, 0, 1, 2 (decisions §3). */
public enum Priority {
    LOW(-1),
    NORMAL(0),
    HIGH(1),
    CRITICAL(2);

    private final int level;

    Priority(int level) {
        this.level = level;
    }

    /** −1 to 2. */
    public int level() {
        return level;
    }

    /** A name in any case, or a level as text. */
    public static Optional<Priority> parse(String text) {
        String wanted = text.strip().toUpperCase(Locale.ROOT);
        for (Priority p : values()) {
            if (p.name().equals(wanted) || Integer.toString(p.level).equals(wanted)) {
                return Optional.of(p);
            }
        }
        return Optional.empty();
    }
}
