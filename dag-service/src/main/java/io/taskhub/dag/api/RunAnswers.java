package io.taskhub.dag.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.taskhub.dag.RunException;
import io.taskhub.dag.query.NodeReader;
import io.taskhub.dag.query.RunReader;
import io.taskhub.dag.query.StoredRun;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What every dialect that runs a graph answers, at once or at its end. */
@ApplicationScoped
public class RunAnswers {
    private final RunReader runs;
    private final NodeReader nodes;

    RunAnswers(RunReader runs, NodeReader nodes) {
        this.runs = runs;
        this.nodes = nodes;
    }

    /** The data of {@code run_async}. */
    public record Started(String run_id, List<StartedTask> task_ids) {}

    /**
     * @param task_id the logical id again (decisions §3)
     * @param engine_id additive: what the engine knows the node as, if it does already
     */
    public record StartedTask(
            String logical,
            String task_id,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            UUID engine_id) {}

    /**
     * Answers when the run has ended; until then nothing is held but the request itself. A client that hangs up is forgotten, its
     * run goes on.
     *
     * @param ended as {@link io.taskhub.dag.Runs#whenEnded} gave it; it is cancelled when nobody waits any more
     */
    public void atTheEnd(String run, CompletionStage<Void> ended, AsyncResponse answer, RoutingContext request) {
        CompletableFuture<Void> waiting = ended.toCompletableFuture();
        request.addEndHandler(over -> waiting.cancel(false));
        if (request.response().closed()) {
            waiting.cancel(false);
        }
        var unused = waiting.whenComplete((nothing, failure) -> {
            if (failure == null) {
                Thread.ofVirtual().name("answer-" + run).start(() -> answer(run, answer));
            } else if (!waiting.isCancelled()) {
                answer.resume(failure);
            }
        });
    }

    private void answer(String run, AsyncResponse answer) {
        try {
            StoredRun ended = runs.find(run).orElseThrow(() -> new RunException.NotFound(run));
            answer.resume(Response.ok(new RunResult(ended, nodes), MediaType.APPLICATION_JSON_TYPE)
                    .build());
        } catch (RuntimeException e) {
            answer.resume(e);
        }
    }

    /** 200 with the run's id and its nodes' ids, in the graph's order. */
    public Response started(String run) {
        List<StartedTask> tasks = nodes.engineTasks(run).stream()
                .map(node -> new StartedTask(node.logicalId(), node.logicalId(), node.task()))
                .toList();
        return json(200, Envelope.ok(new Started(run, tasks)));
    }

    /** 200 with the nodes that run again. */
    public Response retried(String run, List<String> ids) {
        return json(
                200,
                Envelope.ok(new Started(
                        run,
                        ids.stream().map(id -> new StartedTask(id, id, null)).toList())));
    }

    /** 500: it cannot be run, and nothing of it did. */
    public static Response refused(String error) {
        return json(500, new Refused(false, error, null, null));
    }

    /** The same of {@code run_async} (decisions §3). */
    public static Response refusedAsync(String error) {
        return json(500, new Refused(false, error, 500, error));
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Refused(
            boolean ok,
            String error,
            @Nullable Integer code,
            @Nullable String message) {}

    private static Response json(int status, Object body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(JsonBody.write(body))
                .build();
    }
}
