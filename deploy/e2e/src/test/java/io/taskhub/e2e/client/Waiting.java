package io.taskhub.e2e.client;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long tests wait for what must come soon, on a machine that may be busy. */
public final class Waiting {
    private Waiting() {}

    public static ConditionFactory await() {
        return await(Duration.ofSeconds(30));
    }

    public static ConditionFactory await(Duration atMost) {
        return Awaitility.await().atMost(atMost).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50));
    }
}
