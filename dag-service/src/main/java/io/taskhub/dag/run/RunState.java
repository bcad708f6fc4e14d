package io.taskhub.dag.run;

import io.taskhub.contracts.DagEvent;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOutcome;
import io.taskhub.dag.Dag;
import io.taskhub.dag.DagProgress;
import io.taskhub.dag.NodeStatus;
import io.taskhub.dag.RunStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A run in memory: takes what the engine says of its tasks and makes of it what changes, what clients are told and what starts. No
 * database, no clock of its own. Not thread-safe. After changes that could not be written it is of no use any more.
 */
final class RunState {
    private static final Map<String, Object> NO_EXTRA = Map.of();

    private final String run;
    private final Dag dag;
    private final DagProgress progress;
    private final Node[] nodes;
    private final Map<TaskId, Integer> byTask = new HashMap<>();
    private final SortedSet<Integer> changed = new TreeSet<>();
    private List<DagEvent> events = new ArrayList<>();
    private int seq;

    /** The latest time told of: the engine's clock may be a little ahead, and nothing starts before what it waited for has ended. */
    private long latest;

    private boolean over;

    /** What changes of a node while it runs. */
    private static final class Node {
        boolean ready;

        @Nullable
        TaskId task;

        int taskSeq;
        int attempt;

        @Nullable
        Long startMs;

        @Nullable
        Long endMs;

        NodeRow.Left left = NodeRow.Left.NOTHING;
    }

    /**
     * @param rows of the nodes to which something has happened
     * @param seq of the last event
     */
    RunState(String run, Dag dag, List<NodeRow> rows, int seq, boolean canceled) {
        this.run = run;
        this.dag = dag;
        this.seq = seq;
        this.nodes = new Node[dag.size()];
        DagProgress.NodeState[] states = new DagProgress.NodeState[dag.size()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = new Node();
            states[i] = DagProgress.NodeState.NEW;
        }
        for (NodeRow row : rows) {
            Node node = nodes[row.node()];
            node.ready = row.ready();
            node.task = row.task();
            node.taskSeq = row.taskSeq();
            node.attempt = row.attempt();
            node.startMs = row.startMs();
            latest = Math.max(latest, row.endMs() == null ? 0 : row.endMs());
            states[row.node()] = new DagProgress.NodeState(row.status(), row.ready());
            if (row.task() != null && row.status() == NodeStatus.RUNNING) {
                byTask.put(row.task(), row.node());
            }
        }
        this.progress = new DagProgress(dag, List.of(states), canceled);
    }

    /** What follows without anybody saying anything: at the beginning, and after a run was loaded. */
    Changes begin(long now) {
        if (seq == 0) {
            tell(null, "dag_start", now, Map.of("name", dag.name(), "total", dag.size()));
        }
        return advance(now);
    }

    /**
     * Works in what the engine said; events that are worked in already, or of tasks that are not this run's, are passed over.
     *
     * @param outcomes of the tasks that {@link #ended} named
     */
    Changes apply(List<TaskEvent> said, Map<TaskId, TaskOutcome> outcomes, long now) {
        for (TaskEvent event : said) {
            Integer index = byTask.get(event.subject().task());
            if (index != null && event.subject().seq() > nodes[index].taskSeq) {
                nodes[index].taskSeq = event.subject().seq();
                apply(index, event, outcomes.get(event.subject().task()));
            }
        }
        return advance(now);
    }

    /** A node that is running here and that the engine does not have, or will never have. */
    Changes fail(Map<Integer, String> reasons, long now) {
        reasons.forEach((node, reason) -> {
            if (progress.status(node) == NodeStatus.RUNNING) {
                end(node, NodeStatus.FAILED, now, new NodeRow.Left(-1, 0, reason, "", "", "{}"));
            }
        });
        return advance(now);
    }

    /** Tasks among these of which something was missed before: with the last of their events that is worked in. */
    Map<TaskId, Integer> gaps(List<TaskEvent> said) {
        Map<TaskId, Integer> next = new HashMap<>();
        Map<TaskId, Integer> gaps = new HashMap<>();
        for (TaskEvent event : said) {
            TaskId task = event.subject().task();
            Integer index = byTask.get(task);
            if (index == null) {
                continue;
            }
            int known = next.getOrDefault(task, nodes[index].taskSeq);
            if (event.subject().seq() > known + 1) {
                gaps.put(task, nodes[index].taskSeq);
            }
            next.put(task, Math.max(known, event.subject().seq()));
        }
        return gaps;
    }

    /** Tasks of this run that have ended by these events: their outcomes are wanted. */
    List<TaskId> ended(List<TaskEvent> said) {
        return said.stream()
                .filter(TaskEvent.Finished.class::isInstance)
                .map(event -> event.subject().task())
                .filter(byTask::containsKey)
                .distinct()
                .toList();
    }

    /** The tasks of the nodes that run, with the last of their events that is worked in. */
    Map<TaskId, Integer> running() {
        Map<TaskId, Integer> running = HashMap.newHashMap(byTask.size());
        byTask.forEach((task, node) -> running.put(task, nodes[node].taskSeq));
        return running;
    }

    /** Nodes that run and of whose tasks the engine has said nothing yet. */
    List<Integer> unconfirmed() {
        return byTask.values().stream()
                .filter(node -> nodes[node].taskSeq == 0)
                .sorted()
                .toList();
    }

    @Nullable
    Integer nodeOf(TaskId task) {
        return byTask.get(task);
    }

    @Nullable
    TaskId taskOf(int node) {
        return nodes[node].task;
    }

    Dag dag() {
        return dag;
    }

    boolean isOver() {
        return over;
    }

    private void apply(int index, TaskEvent event, @Nullable TaskOutcome outcome) {
        Node node = nodes[index];
        long at = event.subject().ts_ms();
        switch (event) {
            case TaskEvent.Started started -> {
                if (started.attempt() > node.attempt) {
                    Map<String, Object> extra = NodeEvents.started(started);
                    if (node.attempt == 0) {
                        tell(index, "task_start", at, extra);
                    }
                    node.attempt = started.attempt();
                    tell(index, "attempt_start", at, extra);
                }
            }
            case TaskEvent.Progressed progressed -> {
                if (NodeEvents.isRemote(progressed)) {
                    tell(index, progressed.stage(), at, NodeEvents.remote(progressed));
                }
            }
            case TaskEvent.Retrying retrying -> tell(index, "attempt_end", at, NodeEvents.retrying(retrying));
            case TaskEvent.Finished finished -> {
                Map<String, Object> extra = NodeEvents.finished(finished);
                if (node.attempt > 0) {
                    tell(index, "attempt_end", at, extra);
                }
                tell(index, "task_end", at, extra);
                end(index, NodeEvents.status(finished), at, NodeEvents.left(finished, outcome));
            }
            case TaskEvent.Deleted deleted ->
                end(
                        index,
                        NodeStatus.FAILED,
                        at,
                        new NodeRow.Left(-1, 0, "task " + deleted.subject().task() + " was deleted", "", "", "{}"));
            case TaskEvent.Created _,
                    TaskEvent.CancelRequested _,
                    TaskEvent.Returned _,
                    TaskEvent.Restarted _,
                    TaskEvent.Unknown _ -> {}
        }
    }

    private void end(int index, NodeStatus status, long at, NodeRow.Left left) {
        Node node = nodes[index];
        node.left = left;
        node.endMs = at;
        tell(index, "dag_node_end", at, NodeEvents.ended(status, node.attempt, left));
        if (node.task != null) {
            byTask.remove(node.task);
        }
        progress.end(index, status);
    }

    /** What follows from what has ended. */
    private Changes advance(long clock) {
        long now = Math.max(clock, latest);
        DagProgress.Step step = progress.next();
        for (int index : step.ready()) {
            nodes[index].ready = true;
            tell(index, "dag_node_ready", now, NO_EXTRA);
        }
        for (int index : step.start()) {
            start(index, now);
        }
        for (DagProgress.Skip skip : step.skipped()) {
            nodes[skip.node()].endMs = now;
            nodes[skip.node()].left = new NodeRow.Left(0, 0, skip.reason(), "", "", "{}");
            tell(skip.node(), "dag_node_skipped", now, skipped(skip));
        }
        RunStatus status = progress.outcome();
        String message = message(status);
        long end = 0;
        if (status != RunStatus.RUNNING && !over) {
            over = true;
            end = now;
            DagProgress.Tally tally = progress.tally();
            Map<String, Object> extra = new LinkedHashMap<>();
            extra.put("status", status.wire());
            extra.put("success", tally.success());
            extra.put("failed", tally.failed());
            extra.put("skipped", tally.skipped());
            tell(null, "dag_end", now, extra);
        }
        Changes changes = new Changes(
                changed.stream().map(this::row).toList(),
                events,
                step.start(),
                new Changes.Standing(seq, progress.tally(), status, end, message));
        events = new ArrayList<>();
        changed.clear();
        return changes;
    }

    private void start(int index, long now) {
        Node node = nodes[index];
        TaskId task = TaskId.next();
        node.task = task;
        node.startMs = now;
        byTask.put(task, index);
        tell(index, "dag_node_start", now, Map.of("engine_id", task.toString()));
    }

    private Map<String, Object> skipped(DagProgress.Skip skip) {
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("reason", skip.reason());
        Integer upstream = skip.upstream();
        if (upstream != null) {
            extra.put("upstream", dag.node(upstream).id());
        }
        return extra;
    }

    private static String message(RunStatus status) {
        return switch (status) {
            case RUNNING, SUCCESS -> "";
            case FAILED -> "dag failed";
            case CANCELED -> "dag canceled";
        };
    }

    private void tell(@Nullable Integer index, String event, long at, Map<String, Object> extra) {
        latest = Math.max(latest, at);
        String id = index == null ? null : dag.node(index).id();
        events.add(new DagEvent(run, id, event, at, ++seq, extra));
        if (index != null) {
            changed.add(index);
        }
    }

    private NodeRow row(int index) {
        Node node = nodes[index];
        return new NodeRow(
                index,
                progress.status(index),
                node.ready,
                node.task,
                node.taskSeq,
                node.attempt,
                node.startMs,
                node.endMs,
                node.left);
    }
}
