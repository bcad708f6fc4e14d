package io.taskhub.realtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What can be set. */
@ConfigMapping(prefix = "taskhub.realtime")
public interface RealtimeServiceConfig {

    /** Replicas of task-service; another one is asked when one does not answer. */
    @WithDefault("http://localhost:8081")
    List<URI> taskServiceUrls();

    /** Replicas of dag-service. */
    @WithDefault("http://localhost:8082")
    List<URI> dagServiceUrls();

    /** How many sockets may wait for their first message at once. */
    @WithDefault("200")
    int maxUnauthenticated();

    /** How long a socket may take for its first message. */
    @WithDefault("5s")
    Duration authTimeout();

    /** How often an idle stream gets a comment. */
    @WithDefault("15s")
    Duration heartbeat();

    /** What streams tell a browser to wait before it reconnects. */
    @WithDefault("2s")
    Duration reconnectDelay();
}
