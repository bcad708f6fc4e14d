package io.taskhub.gateway.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.taskhub.gateway.GatewayConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How many requests a client may send, per gateway process. Off unless configured. */
@ApplicationScoped
public class ClientLimits {
    private static final int CLIENTS = 50_000;

    private final boolean enabled;
    private final Bandwidth bandwidth;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(CLIENTS)
            .expireAfterAccess(Duration.ofMinutes(5))
            .build();

    @Inject
    public ClientLimits(GatewayConfig config) {
        this(
                config.rateLimit().enabled(),
                config.rateLimit().perSecond(),
                config.rateLimit().burst());
    }

    ClientLimits(boolean enabled, long perSecond, long burst) {
        this.enabled = enabled;
        this.bandwidth = Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build();
    }

    public boolean isEnabled() {
        return enabled;
    }

    /** Takes one request of this client. Returns 0 when it may pass, else the seconds to wait. */
    public long take(String client) {
        Bucket bucket =
                buckets.get(client, name -> Bucket.builder().addLimit(bandwidth).build());
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : 1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill());
    }
}
