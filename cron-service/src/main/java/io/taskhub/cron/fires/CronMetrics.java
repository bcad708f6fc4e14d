package io.taskhub.cron.fires;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.taskhub.cron.Fire;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What can be seen from outside. */
@Singleton
public class CronMetrics {
    private static final String FIRES = "taskhub.cron.fires";
    private static final String STATE = "state";

    private final MeterRegistry meters;
    private final Timer lateness;
    private final AtomicLong queued = new AtomicLong();

    @Inject
    public CronMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.lateness = Timer.builder("taskhub.cron.lateness")
                .description("from a fire's time until what it starts was created")
                .publishPercentiles(0.5, 0.99)
                .distributionStatisticExpiry(Duration.ofMinutes(5))
                .register(meters);
        Gauge.builder("taskhub.cron.queued", queued, AtomicLong::get)
                .description("fires that wait for the previous one of their job")
                .register(meters);
        meters.counter(FIRES, STATE, Fire.State.CREATED.wire());
        meters.counter(FIRES, STATE, Fire.State.FAILED.wire());
    }

    void created(List<Long> lateMs, int fires) {
        lateMs.forEach(late -> lateness.record(late, TimeUnit.MILLISECONDS));
        ended(Fire.State.CREATED, fires);
    }

    void ended(Fire.State state, int fires) {
        meters.counter(FIRES, STATE, state.wire()).increment(fires);
    }

    void queued(long fires) {
        queued.set(fires);
    }
}
