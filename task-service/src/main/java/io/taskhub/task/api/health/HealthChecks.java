package io.taskhub.task.api.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.Rfc3339;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health}, {@code /ready}, {@code /live} ({@code tasks-v1.md} Health Checks). {@code redis} mirrors the engine's store for
 * clients that read it (decisions §4). Without the broker the service is unhealthy but ready: tasks are accepted and run, their
 * events follow.
 *
 * <p>They are routes ahead of authentication, not resources: who sends a wrong token along still wants to know whether we are
 * well.
 */
@Singleton
public class HealthChecks {
    private static final int BEFORE_AUTHENTICATION = -1_000;

    private final Backends backends;

    HealthChecks(Backends backends) {
        this.backends = backends;
    }

    /** The reply of {@code /health}; {@code timestamp} in seconds. */
    public record Health(String status, String timestamp, Services services) {}

    /** Each {@code healthy} or {@code unhealthy}. */
    public record Services(String redis, String postgres, String kafka) {}

    /** The reply of the other two. */
    public record Status(
            String status,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason) {}

    private record Reply(int status, Object body) {}

    void register(@Observes Router router) {
        route(router, "/health", this::health);
        route(router, "/ready", this::ready);
        route(router, "/live", HealthChecks::live);
    }

    private static void route(Router router, String path, Supplier<Reply> check) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(BEFORE_AUTHENTICATION)
                .handler(call -> answer(call, check));
    }

    private static void answer(RoutingContext call, Supplier<Reply> check) {
        call.vertx().executeBlocking(check::get, false).onFailure(call::fail).onSuccess(reply -> call.response()
                .setStatusCode(reply.status())
                .putHeader("Content-Type", "application/json")
                .end(JsonBody.write(reply.body())));
    }

    private Reply health() {
        boolean postgres = backends.postgresHealthy();
        boolean kafka = backends.kafkaHealthy();
        boolean all = postgres && kafka;
        var services = new Services(word(postgres), word(postgres), word(kafka));
        return new Reply(all ? 200 : 503, new Health(word(all), Rfc3339.seconds(Instant.now()), services));
    }

    private Reply ready() {
        return backends.postgresHealthy()
                ? new Reply(200, new Status("ready", null))
                : new Reply(503, new Status("not ready", "redis unavailable"));
    }

    private static Reply live() {
        return new Reply(200, new Status("alive", null));
    }

    private static String word(boolean healthy) {
        return healthy ? "healthy" : "unhealthy";
    }
}
