package io.taskhub.gateway.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.gateway.dialect.Refusal.Reason;
import io.taskhub.gateway.system.Build;
import io.taskhub.gateway.system.Peers;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** TaskHub contract, System. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SystemResource {
    private static final JsonObject HELLO =
            new JsonObject().put("event", "debug").put("data", new JsonObject().put("msg", "hello from TaskHub WS"));

    private final Build build;
    private final Peers peers;

    SystemResource(Build build, Peers peers) {
        this.build = build;
        this.peers = peers;
    }

    record Health(String status, String time, long uptime_sec) {}

    record Info(String name, String version, String build_time, String commit) {}

    record WorkerPool(long workers, long queued, long running, long submitted, long finished) {}

    record Sockets(long sessions) {}

    record Stats(WorkerPool worker_pool, Sockets ws) {}

    @GET
    @Path("/health")
    public Envelope<Health> health() {
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        return Envelope.ok(
                new Health("healthy", now, ManagementFactory.getRuntimeMXBean().getUptime() / 1000));
    }

    @GET
    @Path("/info")
    public Envelope<Info> info() {
        return Envelope.ok(new Info("TaskHub Server", build.version(), build.time(), build.commit()));
    }

    @GET
    @Path("/stats")
    public Envelope<Stats> stats() {
        try {
            JsonObject pool = peers.ask("task-service", "/internal/stats");
            long sessions = peers.askEvery("realtime-service", "/internal/stats").stream()
                    .mapToLong(replica -> replica.getLong("sessions", 0L))
                    .sum();
            return Envelope.ok(new Stats(
                    new WorkerPool(
                            pool.getLong("workers", 0L),
                            pool.getLong("queued", 0L),
                            pool.getLong("running", 0L),
                            pool.getLong("submitted", 0L),
                            pool.getLong("finished", 0L)),
                    new Sockets(sessions)));
        } catch (Peers.SilentException e) {
            throw new RefusedException(Reason.SERVICE_UNAVAILABLE, "task-service is not available", 1);
        }
    }

    /** Says hello to every WebSocket of every realtime replica; one that is away has no sockets. */
    @GET
    @Path("/debug/broadcast")
    public Envelope<Object> broadcast() {
        peers.tellEvery("realtime-service", "/internal/broadcast", HELLO);
        return Envelope.done();
    }
}
