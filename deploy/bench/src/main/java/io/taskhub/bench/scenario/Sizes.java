package io.taskhub.bench.scenario;

import java.time.Duration;

/** How long and how much: every load is bounded by both. */
public enum Sizes {
    FULL,
    /** For trying out. */
    QUICK;

    /** How long single and batch creates are measured. */
    Duration creating() {
        return Duration.ofSeconds(either(5, 2));
    }

    /** An end to that by count. */
    int mostCreates() {
        return either(100_000, 30_000);
    }

    /** Tasks of one drain. */
    int drain() {
        return either(50_000, 10_000);
    }

    /** How long the open-loop and sustained loads last. */
    Duration steady() {
        return Duration.ofSeconds(either(15, 5));
    }

    /** How long nothing is done. */
    Duration idle() {
        return Duration.ofSeconds(either(15, 5));
    }

    /** Nodes of a workflow. */
    int nodes() {
        return either(1_000, 200);
    }

    /** Wide workflows measured one after the other. */
    int wideRuns() {
        return either(5, 2);
    }

    /** Cron jobs due at the same minute. */
    int jobs() {
        return either(1_000, 100);
    }

    /** WebSocket sessions of the fan-out. */
    int subscribers() {
        return either(1_000, 200);
    }

    /** That its task prints, about 100 a second. */
    int lines() {
        return either(1_000, 300);
    }

    /** The warm-up ends then if it has not settled. */
    Duration longestWarmUp() {
        return Duration.ofSeconds(either(150, 20));
    }

    private int either(int full, int quick) {
        return this == FULL ? full : quick;
    }
}
