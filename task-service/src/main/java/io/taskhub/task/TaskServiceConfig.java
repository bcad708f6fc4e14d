package io.taskhub.task;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Everything that can be set for this service, prefix {@code taskhub.task}. */
@ConfigMapping(prefix = "taskhub.task")
public interface TaskServiceConfig {

    /** Allows an offset in {@code clock_offset}; tests only. */
    @WithDefault("false")
    boolean testClock();

    Intake intake();

    Leases leases();

    Retention retention();

    /** How creates are collected. */
    interface Intake {
        /** Commits under way at once. */
        @WithDefault("1")
        int lanes();

        /** Tasks in one commit, unless a single request brings more. */
        @WithDefault("500")
        int batch();

        /** Tasks that may wait; more are refused with 429. */
        @WithDefault("20000")
        int capacity();
    }

    /** How long a silent worker is waited for. */
    interface Leases {
        @WithDefault("15s")
        Duration length();

        /** A claim that its session does not list this long after it was made was never received. */
        @WithDefault("5s")
        Duration unlistedAfter();

        /** What a worker gets to report a timeout itself before the engine does. */
        @WithDefault("2s")
        Duration deadlineGrace();
    }

    /** How long finished tasks stay readable (decisions §1). */
    interface Retention {
        @WithDefault("7d")
        Duration completed();

        @WithDefault("30d")
        Duration failed();
    }
}
