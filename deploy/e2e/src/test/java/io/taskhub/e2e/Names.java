package io.taskhub.e2e;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Names that no other test uses. */
final class Names {
    private Names() {}

    static String unique(String prefix) {
        return prefix
                + "-"
                + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36)
                        .toLowerCase(Locale.ROOT);
    }
}
