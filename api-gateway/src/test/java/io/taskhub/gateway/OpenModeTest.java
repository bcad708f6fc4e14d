package io.taskhub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code TASKHUB_AUTH=open}, with a rate limit: everybody is one client there. */
@GatewayTest
@TestProfile(OpenModeTest.Open.class)
class OpenModeTest {

    /** Open, ten requests, then one every few minutes. */
    public static final class Open implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "taskhub.auth", "open",
                    "taskhub.gateway.rate-limit.enabled", "true",
                    "taskhub.gateway.rate-limit.per-second", "1",
                    "taskhub.gateway.rate-limit.burst", "5");
        }
    }

    @Test
    void everybody_is_admin_and_has_the_rate_of_one_client() {
        HttpResponse<String> response = Browser.send(Browser.request("/api/v1/tasks/1"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Browser.json(response).getJsonObject("headers").getString("authorization"))
                .startsWith("Bearer ey");
        assertThat(Browser.send(Browser.as("a.b.c", "/api/v1/tasks/1")).statusCode())
                .isEqualTo(401);
        HttpResponse<String> limited = response;
        for (int i = 0; i < 50 && limited.statusCode() == 200; i++) {
            limited = Browser.send(Browser.request("/api/v1/tasks/1"));
        }
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(Browser.json(limited).getString("code")).isEqualTo("RATE_LIMITED");
    }
}
