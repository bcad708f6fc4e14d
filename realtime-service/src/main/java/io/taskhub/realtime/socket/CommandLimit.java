package io.taskhub.realtime.socket;

import java.time.Duration;

/** At most 30 commands in any 10 s (taskhub.md): the 31st is refused. */
final class CommandLimit {
    private static final int COMMANDS = 30;
    private static final long WINDOW_NS = Duration.ofSeconds(10).toNanos();

    private final long[] times = new long[COMMANDS];
    private long count;

    /** @param now of {@link System#nanoTime()} */
    boolean allows(long now) {
        int slot = (int) (count % COMMANDS);
        if (count >= COMMANDS && now - times[slot] < WINDOW_NS) {
            return false;
        }
        times[slot] = now;
        count++;
        return true;
    }
}
