package io.taskhub.task.queue;

import io.taskhub.contracts.TaskId;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Makes UUIDv7s that only ever rise within this process: 48 bits of milliseconds, 12 of a counter, 62 of chance. */
final class TaskIds {
    private static final int COUNTER_BITS = 12;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final LongSupplier millis;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong last = new AtomicLong();

    TaskIds(LongSupplier millis) {
        this.millis = millis;
    }

    TaskId next() {
        long floor = millis.getAsLong() << COUNTER_BITS;
        // More than 4,096 in a millisecond run into the next one.
        long tick = last.updateAndGet(before -> Math.max(before + 1, floor));
        long high = (tick >>> COUNTER_BITS) << 16 | VERSION_7 | (tick & 0xFFF);
        return new TaskId(new UUID(high, (random.nextLong() >>> 2) | VARIANT));
    }
}
