package io.taskhub.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.gateway.dialect.Refusal.Reason;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every dialect's words for every refusal that the gateway makes; {@code decisions.md} §1 is the source. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DialectTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            BAD_REQUEST | 400 | INVALID_REQUEST | bad_request | bad_request
            UNAUTHORIZED | 401 | UNAUTHORIZED | unauthorized | unauthorized
            FORBIDDEN | 403 | FORBIDDEN | forbidden | forbidden_admin_only
            NOT_FOUND | 404 | NOT_FOUND | not_found | not_found
            METHOD_NOT_ALLOWED | 405 | METHOD_NOT_ALLOWED | method_not_allowed | method_not_allowed
            PAYLOAD_TOO_LARGE | 413 | PAYLOAD_TOO_LARGE | payload_too_large | payload_too_large
            UNSUPPORTED_MEDIA_TYPE | 415 | UNSUPPORTED_MEDIA_TYPE | unsupported_media_type | unsupported_media_type
            RATE_LIMITED | 429 | RATE_LIMITED | rate_limited | rate_limited
            BAD_GATEWAY | 502 | BAD_GATEWAY | bad_gateway | bad_gateway
            SERVICE_UNAVAILABLE | 503 | SERVICE_UNAVAILABLE | service_unavailable | service_unavailable
            GATEWAY_TIMEOUT | 504 | GATEWAY_TIMEOUT | gateway_timeout | gateway_timeout
            """)
    void a_refusal_has_the_body_of_its_dialect(Reason reason, int status, String v1, String word, String admin) {
        Refusal refusal = new Refusal(reason, "a \"why\"");
        String message = "\"a \\\"why\\\"\"";
        assertThat(refusal.status()).isEqualTo(status);
        assertThat(Dialect.TASKHUB.body(refusal))
                .isEqualTo("{\"code\":" + status + ",\"message\":" + message + ",\"data\":null}");
        assertThat(Dialect.OK.body(refusal))
                .isEqualTo("{\"ok\":false,\"error\":" + message + ",\"message\":" + message + "}");
        assertThat(Dialect.V1.body(refusal))
                .isEqualTo("{\"error\":" + message + ",\"code\":\"" + v1 + "\",\"details\":{}}");
        assertThat(Dialect.EVENT_JOB.body(refusal))
                .isEqualTo("{\"status\":\"error\",\"message\":" + message + ",\"error_type\":\"" + word + "\"}");
        assertThat(Dialect.ADMIN.body(refusal))
                .isEqualTo("{\"ok\":false,\"error\":{\"code\":\"" + admin + "\",\"message\":" + message + "}}");
        assertThat(Dialect.PROBLEM.body(refusal))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"" + reason.title() + "\",\"status\":" + status
                        + ",\"detail\":" + message + ",\"code\":\"" + word + "\"}");
        assertThat(Dialect.PROBLEM.contentType()).isEqualTo("application/problem+json");
        assertThat(Dialect.V1.contentType()).isEqualTo("application/json");
    }
}
