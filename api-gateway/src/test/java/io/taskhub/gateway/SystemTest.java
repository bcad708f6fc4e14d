package io.taskhub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** TaskHub contract, System. */
@GatewayTest
class SystemTest {

    @Test
    void health_and_info_are_for_everybody() {
        JsonObject health =
                Browser.json(Browser.send(Browser.request("/api/health"))).getJsonObject("data");
        assertThat(health.getString("status")).isEqualTo("healthy");
        assertThat(Instant.parse(health.getString("time"))).isBefore(Instant.now());
        assertThat(health.getLong("uptime_sec")).isNotNegative();
        JsonObject info =
                Browser.json(Browser.send(Browser.request("/api/info"))).getJsonObject("data");
        assertThat(info.getString("name")).isEqualTo("TaskHub Server");
        assertThat(info.getString("version")).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(info.getString("build_time")).matches("\\d{4}-.*");
        assertThat(info.getString("commit")).isNotEmpty().doesNotContain("$");
        assertThat(Browser.send(Browser.request("/q/health/ready")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void stats_come_from_the_services() {
        JsonObject stats = Browser.json(Browser.send(Browser.as(Browser.admin(), "/api/stats")));
        assertThat(stats.encode())
                .isEqualTo("{\"code\":0,\"message\":\"ok\",\"data\":{\"worker_pool\":{\"workers\":1,\"queued\":2,"
                        + "\"running\":3,\"submitted\":4,\"finished\":5},\"ws\":{\"sessions\":6}}}");
    }

    @Test
    void the_debug_broadcast_answers_with_nothing() {
        assertThat(Browser.send(Browser.as(Browser.admin(), "/api/debug/broadcast"))
                        .body())
                .isEqualTo("{\"code\":0,\"message\":\"ok\",\"data\":null}");
    }

    @Test
    void metrics_are_for_those_who_may_read() {
        assertThat(Browser.send(Browser.request("/api/metrics")).statusCode()).isEqualTo(401);
        assertThat(Browser.send(Browser.as(Browser.admin(), "/api/metrics")).statusCode())
                .isEqualTo(200);
    }
}
