package io.taskhub.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestShapeTest {

    private static MultiMap headers(String... namesAndValues) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Host", "taskhub");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/tasks",
                "/api/tasks/",
                "/api/v1/tasks:batch",
                "/api/v1/tasks/a%20b?x=%2e%2e/../&y=//",
                "/api/event-job/files/a.b/..c/d...md",
                "/.well-known/jwks.json"
            })
    void plain_targets_pass(String uri) {
        assertThat(RequestShape.pathFlaw(uri)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "http://elsewhere/api/tasks",
                "//internal/stats",
                "/api//tasks",
                "/api/../internal",
                "/api/..",
                "/./internal/stats",
                "/api/..;/internal",
                "/api/%2e%2e/internal",
                "/api/%2E./internal",
                "/api/a%2fb",
                "/api/a%5Cb",
                "/api/a%00b",
                "/api\\internal",
                "/api/a b",
                "/api/\u00e4",
                "/api/a#b"
            })
    void targets_that_can_be_read_in_two_ways_are_refused(String uri) {
        assertThat(RequestShape.pathFlaw(uri)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Host, elsewhere",
        "Transfer-Encoding, identity",
        "Transfer-Encoding, xchunked",
        "Transfer-Encoding, 'chunked, identity'",
        "Content-Length, +4",
        "Content-Length, -1",
        "Content-Length, '4, 4'",
        "Content-Length, ''"
    })
    void headers_that_frame_a_body_in_an_odd_way_are_refused(String name, String value) {
        assertThat(RequestShape.headerFlaw(headers(name, value))).isNotNull();
    }

    @Test
    void two_lengths_or_a_length_and_an_encoding_are_refused() {
        assertThat(RequestShape.headerFlaw(headers("Content-Length", "4", "Content-Length", "4")))
                .isNotNull();
        assertThat(RequestShape.headerFlaw(headers("Content-Length", "4", "Transfer-Encoding", "chunked")))
                .isNotNull();
        assertThat(RequestShape.headerFlaw(headers("Transfer-Encoding", "chunked", "Transfer-Encoding", "chunked")))
                .isNotNull();
        assertThat(RequestShape.headerFlaw(headers("Transfer-Encoding", "chunked")))
                .isNull();
    }
}
