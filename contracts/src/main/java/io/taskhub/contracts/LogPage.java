package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * {@code GET /internal/logs?task=<key>&run_id=<run?>&from=<seq>&limit=<n>&offsets=<partition>:<offset>,…} of task-service:
 * stored log records from {@code from} on, ascending by seq. The answer waits (up to 5 s, then 503) until the store has passed
 * every given offset (the next one the caller's live feed will deliver), so history and live feed meet without a gap.
 * {@code task} is matched as a logical id first, then as any spelling of a task id (decisions §3).
 *
 * @param more whether records above the last one given exist
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogPage(List<LogRecord> records, boolean more) {}
