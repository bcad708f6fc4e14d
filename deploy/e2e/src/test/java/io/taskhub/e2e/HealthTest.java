package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;

import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.Waiting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The health checks of Tasks v1: no token needed. What they say when something is gone is told by the fault tests. */
@EndToEnd
class HealthTest {
    private final TaskHubClient anonymous;

    HealthTest(Hub hub) {
        this.anonymous = hub.anonymous();
    }

    /** The first look at a broker that has just started may take longer than the check is willing to wait. */
    @BeforeEach
    void everything_was_looked_at() {
        Waiting.await().until(() -> anonymous.get("/health").status() == 200);
    }

    @Test
    void health_lists_the_services() {
        // Under the load of its neighbours one look at the broker may come too late; the next one tells.
        Waiting.await().untilAsserted(() -> assertThatReply(anonymous.get("/health"))
                .hasStatus(200)
                .has("/status", "healthy")
                .hasTextMatching("/timestamp", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")
                .has("/services/postgres", "healthy")
                .has("/services/kafka", "healthy")
                .has("/services/redis", "healthy"));
    }

    @Test
    void ready_and_live_say_so() {
        assertThatReply(anonymous.get("/ready")).hasStatus(200).has("/status", "ready");
        assertThatReply(anonymous.get("/live")).hasStatus(200).has("/status", "alive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ready", "/live"})
    void a_wrong_token_does_not_matter(String path) {
        assertThatReply(anonymous.withToken("garbage").get(path)).hasStatus(200);
    }
}
