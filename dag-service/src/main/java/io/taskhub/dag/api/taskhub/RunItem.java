package io.taskhub.dag.api.taskhub;

import io.taskhub.dag.query.StoredRun;

/** A run in lists. {@code status}: 0 running, 1 success, 2 failed, 3 canceled; {@code end_ts_ms} 0 while it runs. */
record RunItem(
        String run_id,
        String name,
        String source,
        int status,
        long start_ts_ms,
        long end_ts_ms,
        int total,
        int success_count,
        int failed_count,
        int skipped_count,
        String message) {

    static RunItem of(StoredRun run) {
        return new RunItem(
                run.id(),
                run.name(),
                run.source(),
                run.status().code(),
                run.startMs(),
                run.endMs(),
                run.counts().total(),
                run.counts().success(),
                run.counts().failed(),
                run.counts().skipped(),
                run.message());
    }
}
