package io.taskhub.task.api.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.task.api.Rfc3339;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health}, {@code /ready}, {@code /live} ({@code tasks-v1.md} Health Checks). {@code redis} mirrors the engine's store for
 * clients that read it (decisions §4). Without the broker the service is unhealthy but ready: tasks are accepted and run, their
 * events follow.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@RunOnVirtualThread
public class HealthChecks {
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

    @GET
    @Path("health")
    public Response health() {
        boolean postgres = backends.postgresHealthy();
        boolean kafka = backends.kafkaHealthy();
        boolean all = postgres && kafka;
        var services = new Services(word(postgres), word(postgres), word(kafka));
        return Response.status(all ? 200 : 503)
                .entity(new Health(word(all), Rfc3339.seconds(Instant.now()), services))
                .build();
    }

    @GET
    @Path("ready")
    public Response ready() {
        return backends.postgresHealthy()
                ? Response.ok(new Status("ready", null)).build()
                : Response.status(503)
                        .entity(new Status("not ready", "redis unavailable"))
                        .build();
    }

    @GET
    @Path("live")
    public Status live() {
        return new Status("alive", null);
    }

    private static String word(boolean healthy) {
        return healthy ? "healthy" : "unhealthy";
    }
}
