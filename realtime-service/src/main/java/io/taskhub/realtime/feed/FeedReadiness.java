package io.taskhub.realtime.feed;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every partition has a position: from then on no event passes unnoticed. */
@Readiness
@Singleton
final class FeedReadiness implements HealthCheck {
    private final Feed feed;

    FeedReadiness(Feed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("feed").status(feed.isPositioned()).build();
    }
}
