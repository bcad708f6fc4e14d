package io.taskhub.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ten failed logins a minute per user and address (decisions §1). An attempt counts as failed from its beginning and is forgiven
 * when it succeeds, so many at once win nothing.
 */
@ApplicationScoped
public class LoginThrottle {
    static final int FAILURES = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int REMEMBERED = 100_000;

    private final InstantSource clock;
    private final Cache<String, Deque<Instant>> attempts = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterAccess(WINDOW)
            .build();

    @Inject
    public LoginThrottle() {
        this(InstantSource.system());
    }

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** Notes an attempt. Returns 0 when it may go on, else the seconds to wait; a refused attempt is not counted. */
    public long attempt(String user, String address) {
        Instant now = clock.instant();
        long[] wait = {0};
        attempts.asMap().compute(key(user, address), (key, known) -> {
            Deque<Instant> recent = known == null ? new ArrayDeque<>(FAILURES) : known;
            while (!recent.isEmpty() && !recent.getFirst().plus(WINDOW).isAfter(now)) {
                recent.removeFirst();
            }
            if (recent.size() >= FAILURES) {
                wait[0] = 1
                        + Duration.between(now, recent.getFirst().plus(WINDOW)).toSeconds();
            } else {
                recent.addLast(now);
            }
            return recent;
        });
        return wait[0];
    }

    /** Forgives: the password was right. */
    public void succeeded(String user, String address) {
        attempts.invalidate(key(user, address));
    }

    private static String key(String user, String address) {
        return address + ' ' + user;
    }
}
