package io.taskhub.dag;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Everything that can be set for this service, prefix {@code taskhub.dag}. */
@ConfigMapping(prefix = "taskhub.dag")
public interface DagServiceConfig {

    /** Replicas of task-service. */
    @WithDefault("http://127.0.0.1:8081")
    List<URI> taskServiceUrls();

    /** A run of which the engine has said nothing for this long asks it whether something was missed. */
    @WithDefault("10s")
    Duration lookAfter();

    /** Allows an offset in {@code clock_offset}; tests only. */
    @WithDefault("false")
    boolean testClock();

    Retention retention();

    /** How long ended runs stay readable (decisions §1). */
    interface Retention {
        @WithDefault("7d")
        Duration success();

        @WithDefault("30d")
        Duration other();
    }
}
