package io.taskhub.cron.fires;

import io.taskhub.cron.CronConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready = the database said within 30 s what is due (it is asked every second). */
@Readiness
@Singleton
public class FiringReadiness implements HealthCheck {
    private static final long RECENT_MS = 30_000;

    private final FireTimer timer;
    private final CronConfig config;

    @Inject
    public FiringReadiness(FireTimer timer, CronConfig config) {
        this.timer = timer;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        long agoMs = timer.sinceLastTurnMs();
        return HealthCheckResponse.named("firing")
                .withData("last_turn_ms_ago", agoMs)
                .status(!config.firing() || agoMs < RECENT_MS)
                .build();
    }
}
