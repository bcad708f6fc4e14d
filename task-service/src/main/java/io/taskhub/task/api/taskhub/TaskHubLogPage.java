package io.taskhub.task.api.taskhub;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.taskhub.contracts.LogRecord;
import io.taskhub.task.LogQuery;
import io.taskhub.task.StoredLog;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page of log records; {@code next_from} is where the next one starts. */
public record TaskHubLogPage(String task_id, long from, int limit, long next_from, List<Line> records) {

    /** One record. A run's id is shown under both of its names; {@code fields} is an object, empty when there are none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(
            long seq,
            String task_id,
            @Nullable String run_id,
            @Nullable String dag_run_id,
            @Nullable String cron_job_id,
            @Nullable String worker_id,
            int level,
            int stream,
            String message,
            long ts_ms,
            long duration_ms,
            int attempt,
            Map<String, String> fields) {

        static Line from(StoredLog stored) {
            LogRecord log = stored.log();
            return new Line(
                    stored.seq(),
                    log.logical(),
                    log.run_id(),
                    log.run_id(),
                    log.cron_job_id(),
                    log.worker().isBlank() ? null : log.worker(),
                    log.level(),
                    log.stream(),
                    log.message(),
                    log.ts_ms(),
                    log.duration_ms(),
                    log.attempt(),
                    log.fields() == null ? Map.of() : log.fields());
        }
    }

    static TaskHubLogPage from(LogQuery query, List<StoredLog> found) {
        long next = found.isEmpty() ? query.from() : found.getLast().seq() + 1;
        return new TaskHubLogPage(
                query.task(),
                query.from(),
                query.limit(),
                next,
                found.stream().map(Line::from).toList());
    }
}
