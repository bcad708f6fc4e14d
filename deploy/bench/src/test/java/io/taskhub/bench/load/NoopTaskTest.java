package io.taskhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NoopTaskTest {

    @Test
    void a_task_does_nothing_with_a_payload_of_100_bytes() {
        JsonObject task = NoopTask.single("q-1").toJsonObject();
        assertThat(task.getString("type")).isEqualTo("noop");
        assertThat(task.getString("queue")).isEqualTo("q-1");
        assertThat(task.getJsonObject("payload").encode()).hasSize(100);
    }

    @Test
    void a_batch_holds_as_many_as_asked() {
        JsonArray tasks = NoopTask.batch("q-1", 500).toJsonObject().getJsonArray("tasks");
        assertThat(tasks).hasSize(500);
    }
}
