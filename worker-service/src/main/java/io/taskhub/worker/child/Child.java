package io.taskhub.worker.child;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOrder;
import io.taskhub.worker.executor.InvalidPayloadException;
import io.taskhub.worker.executor.Work;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A task that a run wants done.
 *
 * @param name what it is among its siblings
 * @param order two attempts, in a queue of its type's own. The timeout is for what hangs: waiting for the model counts, and each call has a
 *     limit of its own
 */
public record Child(String name, TaskOrder order) {
    private static final int ATTEMPTS = 2;
    private static final long RETRY_DELAY_MS = 2_000;
    private static final long TIMEOUT_MS = Duration.ofHours(6).toMillis();
    private static final long MILLIS = 0xFFFF_FFFF_FFFF_0000L;
    private static final long RANDOM_A = 0x0FFFL;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /**
     * @param family which kind of parent it is, for the key
     * @throws InvalidPayloadException when the parent is not a task
     */
    public static Child of(Work parent, String family, String name, String type, String payload) {
        TaskId parentId = parentOf(parent);
        // The attempt counts: children of an attempt that was out of time are cancelled, and the next one wants new
        // ones.
        String key = family + ":" + parentId + ":" + parent.attempt() + ":" + name;
        return new Child(
                name,
                new TaskOrder(
                        key,
                        id(parentId, key),
                        Origin.V1,
                        type + " " + name,
                        type,
                        payload,
                        type,
                        0,
                        List.of(),
                        ATTEMPTS,
                        RETRY_DELAY_MS,
                        true,
                        TIMEOUT_MS,
                        null,
                        null,
                        null,
                        parentId,
                        "worker"));
    }

    public TaskId id() {
        return order.task();
    }

    private static TaskId parentOf(Work parent) {
        return TaskId.parse(parent.id())
                .orElseThrow(() -> new InvalidPayloadException(parent.type() + " runs as a task only"));
    }

    /** A UUIDv7 of the parent's millisecond that is the same whenever it is asked for. */
    private static TaskId id(TaskId parent, String key) {
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
            long high = (parent.uuid().getMostSignificantBits() & MILLIS) | VERSION_7 | (digest.getLong() & RANDOM_A);
            return new TaskId(new UUID(high, (digest.getLong() >>> 2) | VARIANT));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
