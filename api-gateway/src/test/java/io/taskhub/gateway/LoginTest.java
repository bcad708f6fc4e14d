package io.taskhub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TaskHub contract, Auth; decisions §3. */
@GatewayTest
class LoginTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-", textBlock = """
            text/plain | {"username":"admin","password":"123456"} | 400 | 1001
            - | {"username":"admin","password":"123456"} | 400 | 1001
            application/json | {"username" | 400 | 1002
            application/json | ~~ | 400 | 1002
            application/json | [] | 400 | 1002
            application/json | {"username":"admin"} | 400 | 1003
            application/json | {"username":"admin","password":1} | 400 | 1003
            application/json | {"username":"admin","password":"654321"} | 401 | 1004
            application/json | {"username":"no one","password":"123456"} | 401 | 1004
            """)
    void errors_have_the_contracts_codes(String type, String body, int status, int code) {
        var request = Browser.request("/api/login").POST(BodyPublishers.ofString(body));
        HttpResponse<String> response = Browser.send(type == null ? request : request.header("Content-Type", type));
        assertThat(response.statusCode()).isEqualTo(status);
        JsonObject answer = Browser.json(response);
        assertThat(answer.getInteger("code")).isEqualTo(code);
        assertThat(answer.getString("message")).isNotEmpty();
        assertThat(answer.containsKey("data")).isTrue();
    }

    @Test
    void a_login_answers_with_a_token_that_opens_the_house() {
        HttpResponse<String> response =
                Browser.post(Browser.request("/api/login"), "{\"username\":\"admin\",\"password\":\"123456\"}");
        JsonObject answer = Browser.json(response);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(answer.getInteger("code")).isZero();
        assertThat(answer.getString("message")).isEqualTo("ok");
        JsonObject data = answer.getJsonObject("data");
        assertThat(data.getString("username")).isEqualTo("admin");
        assertThat(data.getLong("expires_in")).isEqualTo(7200);
        assertThat(Browser.send(Browser.as(data.getString("token"), "/api/users"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_eleventh_failure_in_a_minute_is_told_to_wait() {
        String wrong = "{\"username\":\"throttled\",\"password\":\"wrong one\"}";
        for (int i = 0; i < 10; i++) {
            assertThat(Browser.post(Browser.request("/api/login"), wrong).statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> response = Browser.post(Browser.request("/api/login"), wrong);
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 61L);
        assertThat(Browser.json(response).getInteger("code")).isEqualTo(429);
    }
}
