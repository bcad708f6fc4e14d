package io.taskhub.task.api.taskhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.Origin;
import io.taskhub.task.NewTask;
import io.taskhub.task.RetryPolicy;
import io.taskhub.task.api.JsonBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CreateTaskTest {

    @Test
    void a_command_runs_in_a_shell() {
        NewTask task = parse("""
                {"name":"hi","type":7,"params":{"cmd":"echo \\"1\\"","timeout_sec":5,"max_retries":2,"other":1.50}}""");
        assertThat(task.origin()).isEqualTo(Origin.TASKHUB);
        assertThat(task.type()).isEqualTo("shell");
        assertThat(task.queue()).isEqualTo("default");
        assertThat(task.description().name()).isEqualTo("hi");
        assertThat(task.description().kind()).isEqualTo(7);
        assertThat(task.description().payload()).isEqualTo("{\"command\":\"echo \\\"1\\\"\"}");
        assertThat(task.description().params())
                .isEqualTo("{\"cmd\":\"echo \\\"1\\\"\",\"timeout_sec\":5,\"max_retries\":2,\"other\":1.50}");
        assertThat(task.limits())
                .isEqualTo(
                        new NewTask.Limits(3, RetryPolicy.Exponential.DOUBLING_SECONDS, Duration.ofSeconds(5), true));
        assertThat(task.born()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"hi\"}",
                "{\"name\":\"hi\",\"params\":{}}",
                "{\"name\":\"hi\",\"params\":null,\"type\":null}",
                "{\"name\":\"hi\",\"params\":{\"cmd\":null}}",
                "{\"name\":\"hi\",\"params\":{\"cmd\":\"  \"}}"
            })
    void without_a_command_it_is_born_failed(String body) {
        NewTask task = parse(body);
        assertThat(task.born()).isEqualTo(new NewTask.Born.Failed("missing cmd in params"));
        assertThat(task.description().kind()).isZero();
        assertThat(task.limits().maxAttempts()).isEqualTo(1);
        assertThat(task.limits().timeout()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 1001",
                "{\"type\":0} | 1001",
                "{\"name\":\"\"} | 1001",
                "{\"name\":\"  \"} | 1001",
                "{\"name\":null} | 1001",
                "{\"name\":7} | 1002",
                "{\"name\":[\"a\"]} | 1002",
                "{\"name\":\"a\\u0000b\"} | 1002",
                "{\"name\":\"\\ud800\"} | 1002",
                "{\"name\":\"a\",\"type\":\"0\"} | 1002",
                "{\"name\":\"a\",\"type\":1.5} | 1002",
                "{\"name\":\"a\",\"type\":3000000000} | 1002",
                "{\"name\":\"a\",\"params\":[]} | 1002",
                "{\"name\":\"a\",\"params\":\"ls\"} | 1002",
                "{\"name\":\"a\",\"params\":{\"cmd\":7}} | 1002",
                "{\"name\":\"a\",\"params\":{\"cmd\":\"ls\",\"timeout_sec\":\"5\"}} | 1002",
                "{\"name\":\"a\",\"params\":{\"cmd\":\"ls\",\"timeout_sec\":-1}} | 1002",
                "{\"name\":\"a\",\"params\":{\"cmd\":\"ls\",\"max_retries\":-1}} | 1002",
                "{\"name\":\"a\",\"params\":{\"cmd\":\"ls\",\"max_retries\":1001}} | 1002",
                "{\"name\":\"a\",\"params\":{\"x\":\"\\ud800\"}} | 1002"
            })
    void every_mistake_has_its_code(String body, int code) {
        assertThatThrownBy(() -> parse(body))
                .asInstanceOf(InstanceOfAssertFactories.type(TaskHubError.class))
                .satisfies(error -> {
                    assertThat(error.status()).isEqualTo(400);
                    assertThat(error.envelope().code()).isEqualTo(code);
                });
    }

    private static NewTask parse(String body) {
        return CreateTask.parse(
                JsonBody.object(body.strip().getBytes(StandardCharsets.UTF_8), null, JsonBody.LIMIT_BYTES), "ann");
    }
}
