package io.taskhub.task.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.task.TaskException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class V1ErrorsTest {

    @Test
    void what_the_engine_cannot_do_becomes_the_endpoints_own_500() {
        assertThatThrownBy(() -> V1Errors.orElse("STATS_FAILED", () -> {
                    throw new IllegalStateException("no database");
                }))
                .asInstanceOf(InstanceOfAssertFactories.type(V1Error.class))
                .satisfies(error -> {
                    assertThat(error.status()).isEqualTo(500);
                    assertThat(error.body().code()).isEqualTo("STATS_FAILED");
                    assertThat(error.body().error()).doesNotContain("database");
                });
    }

    @Test
    void what_the_engine_refuses_stays_a_refusal() {
        assertThatThrownBy(() -> V1Errors.orElse("STATS_FAILED", () -> {
                    throw new TaskException.NotFound("7");
                }))
                .isInstanceOf(TaskException.NotFound.class);
    }
}
