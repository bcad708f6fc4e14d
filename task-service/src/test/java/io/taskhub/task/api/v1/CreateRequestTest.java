package io.taskhub.task.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.Origin;
import io.taskhub.task.NewTask;
import io.taskhub.task.RetryPolicy;
import io.taskhub.task.api.JsonBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CreateRequestTest {

    @Test
    void the_contracts_example_is_read_whole() {
        NewTask task = parse("""
                {"type":"demo","payload":{"message":"Hello","count":5},"queue":"critical","max_retries":2,"timeout":"30s",
                 "process_at":"2024-01-15T10:00:00Z","unique":"1h","metadata":{"user_id":"123"}}""");
        assertThat(task.origin()).isEqualTo(Origin.V1);
        assertThat(task.type()).isEqualTo("demo");
        assertThat(task.queue()).isEqualTo("critical");
        assertThat(task.runAt()).isEqualTo(Instant.parse("2024-01-15T10:00:00Z"));
        assertThat(task.limits())
                .isEqualTo(new NewTask.Limits(3, new RetryPolicy.Quartic(), Duration.ofSeconds(30), false));
        assertThat(task.description().name()).isEqualTo("demo");
        assertThat(task.description().payload()).isEqualTo("{\"message\":\"Hello\",\"count\":5}");
        assertThat(task.description().metadata()).isEqualTo("{\"user_id\":\"123\"}");
        assertThat(task.description().createdBy()).isEqualTo("ann");
        assertThat(task.unique()).isNotNull().extracting(NewTask.Unique::window).isEqualTo(Duration.ofHours(1));
        assertThat(task.born()).isNull();
    }

    @Test
    void what_is_left_out_has_the_defaults() {
        NewTask task = parse("{\"type\":\"noop\",\"payload\":{}}");
        assertThat(task.queue()).isEqualTo("default");
        assertThat(task.priority()).isZero();
        assertThat(task.runAt()).isNull();
        assertThat(task.unique()).isNull();
        assertThat(task.description().metadata()).isEqualTo("{}");
        assertThat(task.limits())
                .isEqualTo(new NewTask.Limits(4, new RetryPolicy.Quartic(), Duration.ofMinutes(30), false));
    }

    @Test
    void null_and_an_empty_text_are_left_out_too() {
        NewTask task = parse("""
                {"type":"noop","payload":{},"queue":"","max_retries":null,"timeout":"","process_at":"","unique":"",
                 "metadata":null,"priority":null,"retry_policy":null}""");
        assertThat(task).isEqualTo(parse("{\"type\":\"noop\",\"payload\":{}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | INVALID_REQUEST",
                "{\"type\":7,\"payload\":{}} | INVALID_REQUEST",
                "{\"type\":\"\",\"payload\":{}} | INVALID_REQUEST",
                "{\"type\":null,\"payload\":{}} | INVALID_REQUEST",
                "{\"type\":\"unheard.of\",\"payload\":{}} | INVALID_TASK_TYPE",
                "{\"type\":\"NOOP\",\"payload\":{}} | INVALID_TASK_TYPE",
                "{\"type\":\"noop\"} | INVALID_PAYLOAD",
                "{\"type\":\"noop\",\"payload\":null} | INVALID_PAYLOAD",
                "{\"type\":\"noop\",\"payload\":[]} | INVALID_PAYLOAD",
                "{\"type\":\"noop\",\"payload\":\"{}\"} | INVALID_PAYLOAD",
                "{\"type\":\"noop\",\"payload\":{\"a\":\"\\ud800\"}} | INVALID_PAYLOAD",
                "{\"type\":\"noop\",\"payload\":{},\"queue\":\"a b\"} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"queue\":\"a/b\"} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"queue\":1} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"max_retries\":-1} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"max_retries\":1001} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"max_retries\":1.5} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"max_retries\":\"3\"} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"max_retries\":99999999999} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"timeout\":30} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"timeout\":\"30\"} | INVALID_TIMEOUT",
                "{\"type\":\"noop\",\"payload\":{},\"timeout\":\"-1s\"} | INVALID_TIMEOUT",
                "{\"type\":\"noop\",\"payload\":{},\"process_at\":\"tomorrow\"} | INVALID_PROCESS_AT",
                "{\"type\":\"noop\",\"payload\":{},\"process_at\":\"2024-01-15\"} | INVALID_PROCESS_AT",
                "{\"type\":\"noop\",\"payload\":{},\"process_at\":5} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"unique\":\"soon\"} | INVALID_UNIQUE",
                "{\"type\":\"noop\",\"payload\":{},\"unique\":\"0s\"} | INVALID_UNIQUE",
                "{\"type\":\"noop\",\"payload\":{},\"unique\":true} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"metadata\":[]} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"metadata\":{\"a\":\"\\udc00\"}} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"priority\":3} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"priority\":\"urgent\"} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"priority\":0.5} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"retry_policy\":\"fast\"} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"retry_policy\":{\"initial\":\"x\"}} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"retry_policy\":{\"multiplier\":0}} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"retry_policy\":{\"jitter\":2}} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"retry_policy\":{\"initial\":\"5s\",\"max\":\"1s\"}} | INVALID_REQUEST"
            })
    void every_mistake_has_its_code(String body, String code) {
        assertThatThrownBy(() -> parse(body))
                .asInstanceOf(InstanceOfAssertFactories.type(V1Error.class))
                .satisfies(error -> {
                    assertThat(error.status()).isEqualTo(400);
                    assertThat(error.body().code()).isEqualTo(code);
                    assertThat(error.body().details()).isEmpty();
                });
    }

    @ParameterizedTest
    @CsvSource({"\"high\",1", "\"Low\",-1", "2,2", "-1,-1", "\"critical\",2", "0,0"})
    void priority_is_a_name_or_a_number(String priority, int level) {
        assertThat(parse("{\"type\":\"noop\",\"payload\":{},\"priority\":" + priority + "}")
                        .priority())
                .isEqualTo(level);
    }

    @Test
    void a_retry_policy_takes_the_place_of_the_dialects_own() {
        var task = parse("""
                {"type":"noop","payload":{},
                 "retry_policy":{"initial":"100ms","multiplier":1.5,"max":"1m","jitter":0.2}}""");
        assertThat(task.limits().retry())
                .isEqualTo(new RetryPolicy.Exponential(Duration.ofMillis(100), 1.5, Duration.ofMinutes(1), 0.2));
    }

    @ParameterizedTest
    @CsvSource({"1ns,PT0.001S", "1.5ms,PT0.002S", "0s,PT30M", "2s,PT2S"})
    void a_short_timeout_never_becomes_none(String text, Duration timeout) {
        assertThat(parse("{\"type\":\"noop\",\"payload\":{},\"timeout\":\"" + text + "\"}")
                        .limits()
                        .timeout())
                .isEqualTo(timeout);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"noop\",\"unique\":\"5m\",\"payload\":{\"b\":{\"y\":2,\"x\":1},\"a\":[1]}}",
                "{\"payload\":{\"a\":[1.0],\"b\":{\"x\":1,\"y\":2}},\"unique\":\"1h\",\"type\":\"noop\",\"queue\":\"default\"}"
            })
    void the_unique_key_is_of_queue_type_and_sorted_payload(String body) {
        var same = parse("{\"type\":\"noop\",\"unique\":\"1h\",\"payload\":{\"a\":[1],\"b\":{\"x\":1,\"y\":2}}}");
        assertThat(key(parse(body))).isEqualTo(key(same));
        assertThat(key(parse(body.replace("noop", "demo")))).isNotEqualTo(key(same));
        assertThat(key(parse(body.replace("\"y\":2", "\"y\":3")))).isNotEqualTo(key(same));
    }

    private static String key(NewTask task) {
        NewTask.Unique unique = task.unique();
        assertThat(unique).isNotNull();
        return unique == null ? "" : unique.key();
    }

    static NewTask parse(String body) {
        var object = JsonBody.object(body.strip().getBytes(StandardCharsets.UTF_8), null, JsonBody.LIMIT_BYTES);
        return CreateRequest.parse(object, type -> type.equals("noop") || type.equals("demo"), "ann");
    }
}
