package io.taskhub.worker;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.taskhub.worker.executor.DirectRuns;
import io.taskhub.worker.lease.Capacity;
import io.taskhub.worker.lease.Reports;
import io.taskhub.worker.logs.LogPublisher;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What can be seen from outside. Everything is read when asked for: a task costs nothing for it. */
@Startup
@Singleton
public class WorkerMetrics {
    @Inject
    public WorkerMetrics(
            MeterRegistry meters, Capacity capacity, Reports reports, LogPublisher logs, DirectRuns direct) {
        Gauge.builder("taskhub.worker.concurrency", capacity, Capacity::concurrency)
                .description("tasks that may run at the same time")
                .register(meters);
        Gauge.builder("taskhub.worker.running", capacity, Capacity::running)
                .description("leased tasks that run")
                .register(meters);
        Gauge.builder("taskhub.worker.held", capacity, Capacity::held)
                .description("leased tasks that run or whose result is not yet acknowledged")
                .register(meters);
        Gauge.builder("taskhub.worker.direct.running", direct, DirectRuns::running)
                .description("runs that a caller waits for")
                .register(meters);
        Gauge.builder("taskhub.worker.reports.waiting", reports, Reports::waiting)
                .description("reports that wait or are under way")
                .register(meters);
        FunctionCounter.builder("taskhub.worker.report.requests", reports, Reports::requests)
                .description("report requests answered; reports / requests is the mean batch")
                .register(meters);
        FunctionCounter.builder("taskhub.worker.reports", reports, Reports::sent)
                .description("reports answered")
                .register(meters);
        FunctionCounter.builder("taskhub.worker.reports.refused", reports, Reports::refused)
                .description("reports that task-service refused")
                .register(meters);
        FunctionCounter.builder("taskhub.worker.logs.lost", logs, LogPublisher::lost)
                .description("log records that were given up")
                .register(meters);
    }
}
