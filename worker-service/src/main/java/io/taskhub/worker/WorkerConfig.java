package io.taskhub.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Everything that a deployment may say about worker-service. */
@ConfigMapping(prefix = "taskhub.worker")
public interface WorkerConfig {

    /** Replicas of task-service; another one is used when a connection is refused. */
    @WithDefault("http://127.0.0.1:8081")
    List<URI> taskServiceUrls();

    /** What people see as the worker of a task; by default host name and process id. */
    Optional<String> name();

    /** Tasks that run at the same time, at least 1. */
    @WithDefault("256")
    int concurrency();

    /** Queues to serve; none listed = all. */
    Optional<List<String>> queues();

    /** What this process has that others may not. */
    Optional<List<String>> labels();

    /** How long a drain waits for running tasks before it hands them back. */
    @WithDefault("5s")
    Duration drainTimeout();

    /** Where shell tasks get their working directories. */
    Optional<Path> workDir();

    /** Whether tasks are leased at all; without it the process serves the registry and synchronous runs only. */
    @WithDefault("true")
    boolean leasing();

    /** Whether the registry's clock may be set off, as tests do. */
    @WithDefault("false")
    boolean testClock();

    Http http();

    Browser browser();

    /** Browser agents. */
    interface Browser {
        /** A Chromium; by default the first on the PATH. */
        Optional<Path> executable();

        /** Where {@code node} and Playwright's {@code package} are; by default {@code playwright} beside the jar. */
        Optional<Path> driver();

        /** Browsers at a time, at least 1. */
        @WithDefault("2")
        int concurrency();
    }

    /** HTTP tasks. */
    interface Http {
        /** Refuse private, loopback and link-local addresses. */
        @WithDefault("false")
        boolean blockPrivate();
    }
}
