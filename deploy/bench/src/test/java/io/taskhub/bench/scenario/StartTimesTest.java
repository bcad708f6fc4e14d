package io.taskhub.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StartTimesTest {

    @Test
    void times_keep_their_microseconds() {
        JsonObject json = new JsonObject()
                .put("created_at", "2026-11-20T11:00:00.000250Z")
                .put("started_at", "2026-11-20T11:00:00.003Z");
        StartTimes.Task task = StartTimes.read(4, json);
        assertThat(task)
                .isEqualTo(new StartTimes.Task(
                        4, Instant.parse("2026-11-20T11:00:00.000250Z"), Instant.parse("2026-11-20T11:00:00.003Z")));
        assertThat(StartTimes.micros(
                        Instant.parse("2026-11-20T11:00:00.000250Z"), Instant.parse("2026-11-20T11:00:00.003Z")))
                .isEqualTo(2_750);
    }

    @Test
    void a_task_that_never_started_has_none() {
        assertThat(StartTimes.read(0, new JsonObject().put("created_at", "2026-11-20T11:00:00Z")))
                .isNull();
    }
}
