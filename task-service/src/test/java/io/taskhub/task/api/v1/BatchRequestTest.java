package io.taskhub.task.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.Submission;
import io.taskhub.task.api.Golden;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.SampleTask;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BatchRequestTest {
    private static final String NOOP = "{\"type\":\"noop\",\"payload\":{}}";

    @Test
    void a_bad_item_fails_alone_and_in_its_place() {
        BatchRequest batch =
                parse("{\"tasks\":[%s,{\"type\":\"x\",\"payload\":{}},7,%s,%s]}".formatted(NOOP, NOOP, NOOP));
        assertThat(batch.tasks()).hasSize(3);
        var answer = batch.answer(List.of(
                new Submission.Accepted(SampleTask.ID, 42, TaskState.PENDING, "default"),
                new Submission.AlreadyExists(SampleTask.ID),
                new Submission.Refused("not \"storable\"")));
        assertThat(answer.status()).isEqualTo(201);
        Golden.assertTextMatches("v1-batch", answer.body());
    }

    @Test
    void a_thousand_are_not_too_many() {
        String tasks = String.join(",", Collections.nCopies(1_000, NOOP));
        assertThat(parse("{\"tasks\":[" + tasks + "]}").tasks()).hasSize(1_000);
        assertThatThrownBy(() -> parse("{\"tasks\":[" + tasks + "," + NOOP + "]}"))
                .isInstanceOf(V1Error.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"tasks\":[]}", "{\"tasks\":{}}", "{\"tasks\":null}"})
    void a_batch_of_nothing_is_invalid(String body) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(V1Error.class);
    }

    private static BatchRequest parse(String body) {
        var object = JsonBody.object(body.getBytes(StandardCharsets.UTF_8), null, JsonBody.BATCH_LIMIT_BYTES);
        return BatchRequest.parse(object, "noop"::equals, "ann");
    }
}
