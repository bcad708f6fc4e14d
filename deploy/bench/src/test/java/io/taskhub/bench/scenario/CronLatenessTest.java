package io.taskhub.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CronLatenessTest {
    private static final Instant MINUTE = Instant.parse("2026-11-20T11:45:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T11:44:00Z, 2026-11-20T11:45:00Z",
        "2026-11-20T11:44:47Z, 2026-11-20T11:45:00Z",
        "2026-11-20T11:44:48Z, 2026-11-20T11:46:00Z"
    })
    void a_thousand_jobs_are_due_at_the_next_minute_that_is_twelve_seconds_off(Instant now, Instant due) {
        assertThat(CronLateness.minute(now, 1_000)).isEqualTo(due);
    }

    @Test
    void only_what_was_created_for_that_minute_counts() {
        long due = MINUTE.toEpochMilli();
        JsonObject history = new JsonObject()
                .put(
                        "fires",
                        new JsonArray()
                                .add(fire("created", due + 60_000, due + 60_090L, "later"))
                                .add(fire("created", due, due + 120L, "a"))
                                .add(fire("claimed", due, null, null)));
        assertThat(CronLateness.created(history, MINUTE)).isEqualTo(List.of(new CronLateness.Fire("a", 120)));
    }

    private static JsonObject fire(String state, long scheduled, @Nullable Long fired, @Nullable String started) {
        return new JsonObject()
                .put("state", state)
                .put("scheduled_ms", scheduled)
                .put("fired_ms", fired)
                .put("started_id", started);
    }
}
