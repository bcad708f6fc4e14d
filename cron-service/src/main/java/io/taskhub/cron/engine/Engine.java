package io.taskhub.cron.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.RunOrder;
import io.taskhub.contracts.TaskConfig;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOrder;
import io.taskhub.contracts.TaskOutcome;
import io.taskhub.contracts.identity.PeerClient;
import io.taskhub.contracts.identity.ServiceToken;
import io.taskhub.cron.CronConfig;
import io.taskhub.cron.Fire;
import io.taskhub.cron.Job;
import io.taskhub.cron.Target;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts, watches and cancels tasks (task-service) and runs (dag-service). */
@Singleton
public class Engine {
    private static final int TASKS = 1_000;
    private static final int RUNS = 100;
    private static final int ASKED = 1_000;
    private static final String SOURCE = "cron";

    private final Peer tasks;
    private final Peer runs;

    @Inject
    public Engine(CronConfig config, ServiceToken token, ObjectMapper json) {
        this.tasks = new Peer(
                "task-service", new PeerClient("task-service", config.taskServiceUrls(), token::current), json);
        this.runs =
                new Peer("dag-service", new PeerClient("dag-service", config.dagServiceUrls(), token::current), json);
    }

    /** Starts what the fires want; one outcome for each, in any order. */
    public List<Outcome> start(List<Due> dues) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Fire.Kind kind : Fire.Kind.values()) {
            List<Due> ofKind = dues.stream().filter(due -> due.kind() == kind).toList();
            int most = kind == Fire.Kind.TASK ? TASKS : RUNS;
            for (List<Due> batch : Batches.cut(ofKind, most, Due::targetLength)) {
                outcomes.addAll(startBatch(kind, batch));
            }
        }
        return outcomes;
    }

    private List<Outcome> startBatch(Fire.Kind kind, List<Due> batch) {
        Batches.Sending<Due, Outcome> sending = kind == Fire.Kind.TASK ? this::startTasks : this::startRuns;
        List<Outcome> outcomes = new ArrayList<>();
        try {
            outcomes.addAll(Batches.send(batch, sending, (due, e) -> Outcome.refused(due, e.getMessage())));
        } catch (PeerException e) {
            batch.forEach(due -> outcomes.add(Outcome.unanswered(due, String.valueOf(e.getMessage()))));
        }
        return outcomes;
    }

    private List<Outcome> startTasks(List<Due> dues) throws PeerException {
        return ordered(dues, Engine::task, orders -> {
            List<Receipt> receipts = new ArrayList<>();
            tasks.ask("/internal/tasks", new TaskOrder.Batch(orders), TaskOrder.Reply.class)
                    .receipts()
                    .forEach(receipt -> receipts.add(new Receipt(
                            receipt.task() == null ? null : receipt.task().toString(), receipt.error())));
            return receipts;
        });
    }

    private List<Outcome> startRuns(List<Due> dues) throws PeerException {
        return ordered(dues, Engine::run, orders -> {
            List<Receipt> receipts = new ArrayList<>();
            runs.ask("/internal/runs", new RunOrder.Batch(orders), RunOrder.Reply.class)
                    .receipts()
                    .forEach(receipt -> receipts.add(new Receipt(receipt.run_id(), receipt.error())));
            return receipts;
        });
    }

    private record Receipt(@Nullable String id, @Nullable String error) {}

    /** What cannot even be ordered is refused here; the rest is sent in one request. */
    private static <O> List<Outcome> ordered(
            List<Due> dues, Function<Due, O> order, Batches.Sending<O, Receipt> sending) throws PeerException {
        List<Due> sent = new ArrayList<>();
        List<O> orders = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (Due due : dues) {
            try {
                orders.add(order.apply(due));
                sent.add(due);
            } catch (IllegalArgumentException e) {
                outcomes.add(Outcome.refused(due, e.getMessage()));
            }
        }
        List<Receipt> receipts = orders.isEmpty() ? List.of() : sending.send(orders);
        if (receipts.size() != sent.size()) {
            throw new PeerException("the other service has lost a receipt", false);
        }
        for (int i = 0; i < sent.size(); i++) {
            String id = receipts.get(i).id();
            outcomes.add(
                    id == null
                            ? Outcome.refused(sent.get(i), receipts.get(i).error())
                            : Outcome.started(sent.get(i), id));
        }
        return outcomes;
    }

    private static TaskOrder task(Due due) {
        if (!(due.target().get() instanceof Target.SingleTask(TaskConfig task))) {
            throw new IllegalArgumentException("the job is none of a task");
        }
        return TaskOrder.of(
                due.key(),
                TaskId.next(),
                task,
                new TaskOrder.Source(Origin.CRON, null, task.id(), due.jobId(), due.createdBy()));
    }

    private static RunOrder run(Due due) {
        return order(
                due.key(),
                due.jobName(),
                due.jobId(),
                due.createdBy(),
                due.target().get());
    }

    private static RunOrder order(String key, String name, String job, String createdBy, Target target) {
        return switch (target) {
            case Target.Dag dag -> new RunOrder(key, SOURCE, name, job, createdBy, dag.body(), null, null);
            case Target.Template template ->
                new RunOrder(key, SOURCE, name, job, createdBy, null, template.templateId(), template.params());
            case Target.SingleTask task -> throw new IllegalArgumentException("a task is no run: " + task);
        };
    }

    /**
     * What is wrong with a job's DAG or template; empty when nothing is.
     *
     * @throws PeerException when dag-service does not say
     */
    public Optional<String> fault(Job.Draft job, String createdBy) throws PeerException {
        if (job.target() instanceof Target.SingleTask) {
            return Optional.empty();
        }
        try {
            RunOrder order = order("cron:check", job.name(), "", createdBy, job.target());
            return Optional.ofNullable(runs.ask("/internal/runs/check", order, RunOrder.Receipt.class)
                    .error());
        } catch (PeerException e) {
            if (e.isPermanent()) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** Which of them have ended, or do not exist any more. */
    public Set<String> ended(Fire.Kind kind, List<String> ids) throws PeerException {
        Set<String> ended = new HashSet<>();
        for (List<String> batch : Batches.cut(ids, ASKED, id -> 0)) {
            ended.addAll(kind == Fire.Kind.TASK ? endedTasks(batch) : endedRuns(batch));
        }
        return ended;
    }

    private Set<String> endedTasks(List<String> ids) throws PeerException {
        Set<String> ended = new HashSet<>();
        Set<TaskId> open = new HashSet<>(ids.stream().map(TaskId::of).toList());
        while (!open.isEmpty()) {
            TaskOutcome.Reply reply = tasks.ask(
                    "/internal/tasks/outcomes", new TaskOutcome.Query(List.copyOf(open)), TaskOutcome.Reply.class);
            for (TaskOutcome outcome : reply.outcomes()) {
                if (open.remove(outcome.task()) && outcome.state().isFinal()) {
                    ended.add(outcome.task().toString());
                }
            }
            for (TaskId unknown : reply.unknown()) {
                if (open.remove(unknown)) {
                    ended.add(unknown.toString());
                }
            }
            if (reply.outcomes().isEmpty() && reply.unknown().isEmpty()) {
                throw new PeerException("task-service does not say how tasks are", false);
            }
        }
        return ended;
    }

    private Set<String> endedRuns(List<String> ids) throws PeerException {
        RunOrder.States states = runs.ask("/internal/runs/states", new RunOrder.Query(ids), RunOrder.States.class);
        Set<String> ended = new HashSet<>(ids);
        states.running().forEach(ended::remove);
        return ended;
    }

    /** Those that have ended are left alone. */
    public void cancel(Fire.Kind kind, List<String> ids, String reason) throws PeerException {
        for (List<String> batch : Batches.cut(ids, ASKED, id -> 0)) {
            if (kind == Fire.Kind.TASK) {
                List<TaskId> cancelled = batch.stream().map(TaskId::of).toList();
                tasks.tell("/internal/tasks/cancel", new TaskOrder.Cancel(cancelled, reason));
            } else {
                runs.tell("/internal/runs/cancel", new RunOrder.Cancel(batch, reason));
            }
        }
    }

    @PreDestroy
    void close() {
        tasks.close();
        runs.close();
    }
}
