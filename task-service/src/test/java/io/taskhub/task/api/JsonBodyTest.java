package io.taskhub.task.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JsonBodyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "null",
                "\"a\"",
                "{} {}",
                "{\"a\":}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":1e99999999999}"
            })
    void what_is_no_json_object_is_invalid(String body) {
        assertRefused(body, "application/json", Failure.Kind.INVALID_REQUEST);
    }

    @Test
    void nesting_without_end_is_invalid_not_a_stack_overflow() {
        assertRefused("{\"a\":" + "[".repeat(100_000), null, Failure.Kind.INVALID_REQUEST);
    }

    @Test
    void bytes_that_are_no_text_are_invalid() {
        assertThatThrownBy(() -> JsonBody.object(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}, null, 100))
                .isInstanceOf(Failure.Thrown.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"})
    void json_may_go_without_saying(@Nullable String contentType) {
        assertThat(JsonBody.object("{}".getBytes(StandardCharsets.UTF_8), contentType, 100))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x"})
    void another_content_type_is_unsupported(String contentType) {
        assertRefused("{}", contentType, Failure.Kind.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void a_body_above_the_limit_is_too_large() {
        String body = "{\"a\":\"" + "x".repeat(100) + "\"}";
        assertThat(JsonBody.object(body.getBytes(StandardCharsets.UTF_8), null, body.length()))
                .hasSize(1);
        assertThatThrownBy(() -> JsonBody.object(body.getBytes(StandardCharsets.UTF_8), null, body.length() - 1))
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.Thrown.class))
                .extracting(thrown -> thrown.failure().kind())
                .isEqualTo(Failure.Kind.REQUEST_TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({"1.10,1.10", "1e400,1E+400", "12345678901234567890123,12345678901234567890123", "0.1,0.1"})
    void numbers_keep_their_digits(String number, String written) {
        var body = JsonBody.object(("{\"a\":" + number + "}").getBytes(StandardCharsets.UTF_8), null, 100);
        assertThat(JsonBody.write(body)).isEqualTo("{\"a\":" + written + "}");
    }

    @Test
    void nul_and_half_characters_cannot_be_stored() {
        assertThat(JsonBody.storable("plain \ud83d\ude00 text\n")).isTrue();
        assertThat(JsonBody.storable("a\0")).isFalse();
        assertThat(JsonBody.storable("\ud83d")).isFalse();
        assertThat(JsonBody.storable("\ud83dx")).isFalse();
        assertThat(JsonBody.storable("\ude00")).isFalse();
    }

    private static void assertRefused(String body, @Nullable String contentType, Failure.Kind kind) {
        assertThatThrownBy(() -> JsonBody.object(body.getBytes(StandardCharsets.UTF_8), contentType, 1 << 20))
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.Thrown.class))
                .extracting(thrown -> thrown.failure().kind())
                .isEqualTo(kind);
    }
}
