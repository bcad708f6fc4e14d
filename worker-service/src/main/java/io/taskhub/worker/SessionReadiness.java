package io.taskhub.worker;

import io.taskhub.worker.lease.Drain;
import io.taskhub.worker.lease.Session;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready = task-service answered within 30 s (the polls ask every 5 s) and nobody has told this process to leave. */
@Readiness
@Singleton
public class SessionReadiness implements HealthCheck {
    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Session session;
    private final Drain drain;
    private final WorkerConfig config;

    @Inject
    public SessionReadiness(Session session, Drain drain, WorkerConfig config) {
        this.session = session;
        this.drain = drain;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        boolean heard = !config.leasing() || session.heardWithin(RECENT_NANOS);
        return HealthCheckResponse.named("worker session")
                .withData("worker", session.worker())
                .withData("session", session.id().toString())
                .withData("draining", drain.begun())
                .status(heard && !drain.begun())
                .build();
    }
}
