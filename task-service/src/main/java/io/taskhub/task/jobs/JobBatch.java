package io.taskhub.task.jobs;

import io.taskhub.contracts.TaskId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Jobs that were created together.
 *
 * @param jobCount how many there were at first; retention and deletion leave fewer
 * @param active false = none of its waiting jobs is started
 */
public record JobBatch(UUID id, String name, int jobCount, boolean active, Instant created) {
    private static final String PREFIX = "batch-";
    private static final int UUID_LENGTH = 36;

    /** As clients see it: {@code batch-<uuid>}. */
    public static String spelling(UUID id) {
        return PREFIX + id;
    }

    /** With or without the prefix; empty when it is neither. */
    public static Optional<UUID> parse(String text) {
        String bare = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
        return bare.length() == UUID_LENGTH ? TaskId.parse(bare).map(TaskId::uuid) : Optional.empty();
    }
}
