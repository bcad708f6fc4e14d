package io.taskhub.task.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CanonicalJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"b\":2} | {\"b\":2,\"a\":1}",
                "{\"a\":{\"x\":[1,{\"p\":1,\"q\":2}],\"y\":null}} | {\"a\":{\"y\":null,\"x\":[1,{\"q\":2,\"p\":1}]}}",
                "{\"a\":1} | {\"a\" : 1.0}",
                "{\"a\":100} | {\"a\":1e2}",
                "{\"a\":\"\\u0041\"} | {\"a\":\"A\"}",
                "{\"a\":1e400} | {\"a\":10e399}"
            })
    void the_same_value_written_otherwise_has_the_same_hash(String one, String other) {
        assertThat(hash(one)).isEqualTo(hash(other)).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1} | {\"a\":\"1\"}",
                "{\"a\":[1,2]} | {\"a\":[2,1]}",
                "{\"a\":[[],1]} | {\"a\":[[1]]}",
                "{\"a\":null} | {}",
                "{\"a\":true} | {\"a\":false}",
                "{\"a\":{}} | {\"a\":[]}",
                "{\"ab\":\"c\"} | {\"a\":\"bc\"}",
                "{\"a\":1e400} | {\"a\":1e401}",
                "{\"a\":10e2147483647} | {\"a\":1e2147483647}"
            })
    void different_values_have_different_hashes(String one, String other) {
        assertThat(hash(one)).isNotEqualTo(hash(other));
    }

    @Test
    void the_scope_counts_part_by_part() {
        var value = JsonBody.object("{}".getBytes(StandardCharsets.UTF_8), null, 10);
        assertThat(CanonicalJson.sha256(value, "ab", "c")).isNotEqualTo(CanonicalJson.sha256(value, "a", "bc"));
    }

    private static String hash(String json) {
        return CanonicalJson.sha256(
                JsonBody.object(json.strip().getBytes(StandardCharsets.UTF_8), null, JsonBody.LIMIT_BYTES));
    }
}
