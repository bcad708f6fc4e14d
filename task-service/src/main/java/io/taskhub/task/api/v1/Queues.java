package io.taskhub.task.api.v1;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Queue names (decisions §4). */
final class Queues {
    private static final String DEFAULT = "default";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Queues() {}

    /** The name itself, or the default queue's for none. @throws V1Error INVALID_REQUEST */
    static String name(@Nullable String queue) {
        if (queue == null) {
            return DEFAULT;
        }
        if (!NAME.matcher(queue).matches()) {
            throw V1Error.invalid("queue must match " + NAME.pattern());
        }
        return queue;
    }
}
