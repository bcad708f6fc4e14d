package io.taskhub.bench.load;

import io.vertx.core.json.JsonObject;

/** A row of {@code GET /api/v1/queues/stats}, as far as it matters here. */
public record QueueStats(long waiting, long active, long completed, long archived) {
    static QueueStats of(JsonObject row) {
        return new QueueStats(
                row.getLong("pending", 0L) + row.getLong("scheduled", 0L) + row.getLong("retry", 0L),
                row.getLong("active", 0L),
                row.getLong("completed", 0L),
                row.getLong("archived", 0L));
    }

    /** Tasks to which nothing happens any more. */
    public long ended() {
        return completed + archived;
    }
}
