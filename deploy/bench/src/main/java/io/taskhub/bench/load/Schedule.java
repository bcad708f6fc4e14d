package io.taskhub.bench.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When each request of an open loop is to be sent, whatever became of those before.
 *
 * @param perSecond at least 1
 * @param count how many, numbered from 0
 */
public record Schedule(int perSecond, int count) {
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    public Schedule {
        if (perSecond < 1 || count < 1) {
            throw new IllegalArgumentException("a schedule of " + count + " at " + perSecond + "/s");
        }
    }

    public static Schedule of(int perSecond, Duration length) {
        return new Schedule(perSecond, Math.toIntExact(perSecond * length.toMillis() / 1000));
    }

    /** Nanoseconds after the schedule's start at which request {@code n} is due. Errors do not add up. */
    public long dueNanos(int n) {
        return n * NANOS_PER_SECOND / perSecond;
    }

    public Duration length() {
        return Duration.ofNanos(dueNanos(count));
    }
}
