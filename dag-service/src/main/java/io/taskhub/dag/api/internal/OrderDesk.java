package io.taskhub.dag.api.internal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.RunOrder;
import io.taskhub.dag.DagException;
import io.taskhub.dag.RunException;
import io.taskhub.dag.RunStatus;
import io.taskhub.dag.Runs;
import io.taskhub.dag.api.Failure;
import io.taskhub.dag.api.Failure.Kind;
import io.taskhub.dag.api.JsonBody;
import io.taskhub.dag.query.RunReader;
import io.taskhub.dag.query.StoredRun;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Runs on behalf of other services, see {@link RunOrder}. */
@Path("/internal")
@RolesAllowed(Roles.SERVICE)
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OrderDesk {
    private static final int MAX_ORDERS = 100;
    private static final int MAX_RUNS = 1_000;

    private final Orders orders;
    private final Runs runs;
    private final RunReader reader;

    OrderDesk(Orders orders, Runs runs, RunReader reader) {
        this.orders = orders;
        this.runs = runs;
        this.reader = reader;
    }

    /** Each order by itself, all at once: a bad one fails alone. Without a database all fail, and all may be ordered again. */
    @POST
    @Path("runs")
    public RunOrder.Reply start(
            byte @Nullable [] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType) {
        RunOrder.Batch batch = JsonBody.as(RunOrder.Batch.class, body, contentType, JsonBody.BATCH_LIMIT_BYTES);
        List<RunOrder> wanted = atMost(MAX_ORDERS, batch.orders());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<RunOrder.Receipt>> receipts = wanted.stream()
                    .map(order -> CompletableFuture.supplyAsync(() -> receipt(order, true), threads))
                    .toList();
            return new RunOrder.Reply(receipts.stream().map(OrderDesk::outcome).toList());
        }
    }

    @POST
    @Path("runs/check")
    public RunOrder.Receipt check(
            byte @Nullable [] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType) {
        return receipt(JsonBody.as(RunOrder.class, body, contentType, JsonBody.BATCH_LIMIT_BYTES), false);
    }

    @POST
    @Path("runs/states")
    public RunOrder.States states(RunOrder.Query query) {
        List<String> running = new ArrayList<>();
        List<RunOrder.Ended> ended = new ArrayList<>();
        for (StoredRun run : reader.findAll(atMost(MAX_RUNS, query.runs()))) {
            if (run.status() == RunStatus.RUNNING) {
                running.add(run.id());
            } else {
                ended.add(new RunOrder.Ended(run.id(), run.status().wire(), run.endMs()));
            }
        }
        return new RunOrder.States(running, ended);
    }

    @POST
    @Path("runs/cancel")
    public void cancel(RunOrder.Cancel request) {
        for (String run : atMost(MAX_RUNS, request.runs())) {
            try {
                runs.cancel(run, Objects.requireNonNullElse(request.reason(), "canceled"));
            } catch (RunException.NotFound | RunException.Finished e) {
                // what is wanted is so already
            }
        }
    }

    private static RunOrder.Receipt outcome(CompletableFuture<RunOrder.Receipt> receipt) {
        try {
            return receipt.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private RunOrder.Receipt receipt(RunOrder order, boolean start) {
        try {
            var run = orders.read(order);
            return new RunOrder.Receipt(order.key(), start ? runs.start(run) : null, null);
        } catch (DagException e) {
            return new RunOrder.Receipt(order.key(), null, String.valueOf(e.getMessage()));
        }
    }

    private static <T> List<T> atMost(int max, @Nullable List<T> given) {
        if (given == null || given.size() > max) {
            throw new Failure.Thrown(Kind.INVALID_REQUEST, "a list of at most " + max + " is expected");
        }
        return given;
    }
}
