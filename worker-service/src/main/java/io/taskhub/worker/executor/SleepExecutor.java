package io.taskhub.worker.executor;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;

/** {@code sleep} {ms} or {duration} (as in Go) or {seconds}: waits, then succeeds. */
@Singleton
public final class SleepExecutor implements Executor {
    private static final BigDecimal LONGEST_MS =
            BigDecimal.valueOf(Duration.ofDays(365).toMillis());

    @Override
    public Set<String> types() {
        return Set.of("sleep");
    }

    @Override
    public Ended execute(Execution run, Payload payload) throws InterruptedException {
        Thread.sleep(duration(payload));
        return Ended.success();
    }

    private static Duration duration(Payload payload) {
        if (payload.has("duration")) {
            return GoDuration.parse(payload.text("duration", ""));
        }
        BigDecimal ms = payload.has("seconds")
                ? payload.number("seconds").movePointRight(3)
                : payload.has("ms") ? payload.number("ms") : BigDecimal.ZERO;
        if (ms.signum() < 0 || ms.compareTo(LONGEST_MS) > 0) {
            throw new InvalidPayloadException("sleep must last 0 ms to 365 days");
        }
        return Duration.ofMillis(ms.longValue());
    }
}
