package io.taskhub.worker.lease;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Voice;
import io.taskhub.worker.executor.Work;
import io.taskhub.worker.logs.TaskLog;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One claim that this process holds: the lease, its run, its log, its progress numbers. */
final class LeasedRun implements Voice {
    private final Lease lease;
    private final Lease.Claim claim;
    private final TaskLog log;
    private final Reports reports;
    private final Execution execution;
    private final long sinceNanos = System.nanoTime();
    private final AtomicInteger progressed = new AtomicInteger();
    private volatile boolean lost;

    LeasedRun(Lease lease, TaskLog log, Reports reports) {
        this.lease = lease;
        this.claim = new Lease.Claim(lease.task(), lease.claim());
        this.log = log;
        this.reports = reports;
        this.execution = new Execution(
                new Work(
                        lease.task().toString(),
                        lease.logical(),
                        lease.type(),
                        lease.queue(),
                        lease.payload(),
                        lease.timeout_ms(),
                        lease.attempt(),
                        lease.claim(),
                        lease.traceparent()),
                this);
    }

    Lease.Claim claim() {
        return claim;
    }

    Execution execution() {
        return execution;
    }

    TaskLog log() {
        return log;
    }

    /** When the lease arrived, by the process's own clock. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** The claim is no longer ours: whatever still waits to be reported is dropped. */
    void lose() {
        lost = true;
        execution.stop(Execution.Stop.LOST);
    }

    boolean lost() {
        return lost;
    }

    @Override
    public void line(int level, int stream, String message, @Nullable Map<String, String> fields) {
        log.add(level, stream, message, fields);
    }

    @Override
    public void progress(int percentage, String stage, String message, @Nullable String data) {
        reports.add(
                this,
                new Report.Progress(
                        lease.task(),
                        lease.claim(),
                        progressed.incrementAndGet(),
                        Math.clamp(percentage, 0, 100),
                        stage,
                        message,
                        data));
    }

    Report.Result result(Ended ended) {
        return new Report.Result(
                lease.task(),
                lease.claim(),
                ended.outcome(),
                ended.retryable(),
                ended.exitCode(),
                execution.stdout().text(),
                execution.stderr().text(),
                execution.cut(),
                ended.message(),
                ended.data(),
                execution.durationMs(),
                log.count());
    }
}
