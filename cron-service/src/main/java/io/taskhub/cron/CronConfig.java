package io.taskhub.cron;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Everything that a deployment may say about cron-service. */
@ConfigMapping(prefix = "taskhub.cron")
public interface CronConfig {

    /** Replicas of task-service; another one is used when a connection is refused. */
    @WithDefault("http://127.0.0.1:8081")
    List<URI> taskServiceUrls();

    /** Replicas of dag-service. */
    @WithDefault("http://127.0.0.1:8082")
    List<URI> dagServiceUrls();

    /** Whether this process fires at all; without it, it only serves requests. */
    @WithDefault("true")
    boolean firing();

    /** A fire that is later than this was missed: the job's misfire policy decides. */
    @WithDefault("10s")
    Duration grace();

    /** How many missed fires of a job are made up for at once, and how many a backfill may ask for. */
    @WithDefault("1000")
    int madeUp();

    /** How many fires of a job may wait for the previous one; more are skipped. */
    @WithDefault("1000")
    int queueLength();

    /** Whoever claims a fire has this long to start it before another replica does. */
    @WithDefault("5s")
    Duration lease();

    /** How long fires stay in the history. */
    @WithDefault("30d")
    Duration history();

    /** Whether the database's clock may be moved, as tests do. */
    @WithDefault("false")
    boolean testClock();
}
