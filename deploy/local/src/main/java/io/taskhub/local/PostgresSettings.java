package io.taskhub.local;

import java.nio.file.Path;
import java.util.List;

/**
 * How a database cluster runs.
 *
 * @param home where its data, log and passwords are; the cluster itself is in {@code home/data}
 * @param port TCP port on 127.0.0.1, the only way in
 * @param superuserPassword of role {@code postgres}, used at the first start
 * @param durable true: every commit reaches the disk; false, for tests: nothing is ever flushed
 */
public record PostgresSettings(Path home, int port, String superuserPassword, boolean durable) {
    Path data() {
        return home.resolve("data");
    }

    Path log() {
        return home.resolve("postgres.log");
    }

    /** Server settings for a small machine; vacuum comes early and often because queues leave dead rows behind at a high rate. */
    List<String> serverOptions() {
        List<String> common = List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "max_connections=200",
                "wal_compression=on",
                "max_wal_size=2GB",
                "min_wal_size=128MB",
                "checkpoint_timeout=10min",
                "io_method=sync",
                "jit=off",
                "max_parallel_workers_per_gather=0",
                "random_page_cost=1.1",
                "effective_cache_size=1GB",
                "autovacuum_naptime=10s",
                "autovacuum_vacuum_scale_factor=0.02",
                "autovacuum_vacuum_insert_scale_factor=0.05",
                "autovacuum_analyze_scale_factor=0.02",
                "log_checkpoints=off",
                "timezone=UTC",
                "log_timezone=UTC");
        List<String> grade = durable
                ? List.of("shared_buffers=256MB", "wal_buffers=16MB")
                : List.of("shared_buffers=64MB", "fsync=off", "full_page_writes=off");
        return java.util.stream.Stream.concat(common.stream(), grade.stream()).toList();
    }
}
