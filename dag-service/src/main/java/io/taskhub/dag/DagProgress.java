package io.taskhub.dag;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What happens next in a run. It is told what ended and answers what is ready, what starts, what is skipped and how the run ends; it
 * knows no clock, no database and no engine. The work of a whole run is linear in nodes and dependencies (and a logarithm for the order
 * of the ready ones). Not thread-safe.
 *
 * <pre>
 *   PENDING ─ everything it depends on has ended ─▶ ready ─ a place is free ─▶ RUNNING ─▶ SUCCESS | FAILED | TIMEOUT | CANCELED
 *      └──────────────── its condition cannot come true ────────────────▶ SKIPPED
 * </pre>
 */
public final class DagProgress {
    /** How far a node was when the run was left. {@code ready}: it was told to be, and has not started. */
    public record NodeState(NodeStatus status, boolean ready) {
        public static final NodeState NEW = new NodeState(NodeStatus.PENDING, false);
    }

    /**
     * A node that will not run.
     *
     * @param reason {@code upstream_failed}, {@code upstream_skipped}, {@code no_upstream_failed}, {@code fail_fast}, {@code canceled}
     * @param upstream the node that it is due to, where there is one
     */
    public record Skip(int node, String reason, @Nullable Integer upstream) {}

    /** Decisions that are new since the last step, each in the order they are to be told. A node may be ready and start in one step. */
    public record Step(List<Integer> ready, List<Integer> start, List<Skip> skipped) {
        public boolean isEmpty() {
            return ready.isEmpty() && start.isEmpty() && skipped.isEmpty();
        }
    }

    /** Ended nodes; {@code failed} has those that failed, timed out or were cancelled. */
    public record Tally(int success, int failed, int skipped) {}

    private final Dag dag;
    private final Children children;
    private final NodeStatus[] statuses;
    private final int[] waitingFor;
    private final PriorityQueue<Integer> ready;
    private final Deque<Integer> ended = new ArrayDeque<>();
    private List<Integer> nowReady = new ArrayList<>();
    private List<Skip> nowSkipped = new ArrayList<>();
    private int running;
    private int success;
    private int failed;
    private int skipped;
    private boolean canceled;

    /** A new run. */
    public DagProgress(Dag dag) {
        this(dag, dag.nodes().stream().map(node -> NodeState.NEW).toList(), false);
    }

    /** A run that goes on where it was left; running nodes are running still. */
    public DagProgress(Dag dag, List<NodeState> states, boolean canceled) {
        this.dag = dag;
        this.children = Children.of(dag.nodes());
        this.statuses = new NodeStatus[dag.size()];
        this.waitingFor = new int[dag.size()];
        this.ready = new PriorityQueue<>(this::order);
        for (int i = 0; i < dag.size(); i++) {
            statuses[i] = states.get(i).status();
            count(statuses[i]);
        }
        for (int i = 0; i < dag.size(); i++) {
            for (int dep : dag.node(i).deps()) {
                waitingFor[i] += statuses[dep].isFinal() ? 0 : 1;
            }
        }
        if (canceled) {
            cancel();
        } else if (failed > 0 && dag.failPolicy() == FailPolicy.FAIL_FAST) {
            skipPending("fail_fast");
        }
        for (int i = 0; i < dag.size(); i++) {
            if (states.get(i).ready() && statuses[i] == NodeStatus.PENDING) {
                ready.add(i);
            } else {
                judge(i);
            }
        }
        settle();
    }

    /** What is to be done now. What starts counts as running from here on. */
    public Step next() {
        List<Integer> start = new ArrayList<>();
        while (running < dag.maxParallel()) {
            Integer node = ready.poll();
            if (node == null) {
                break;
            }
            statuses[node] = NodeStatus.RUNNING;
            running++;
            start.add(node);
        }
        Step step = new Step(nowReady, start, nowSkipped);
        nowReady = new ArrayList<>();
        nowSkipped = new ArrayList<>();
        return step;
    }

    /**
     * A running node has ended. Told twice, the first time counts.
     *
     * @param status a final one
     */
    public void end(int node, NodeStatus status) {
        if (statuses[node] != NodeStatus.RUNNING) {
            return;
        }
        running--;
        close(node, status);
        settle();
    }

    /** Nothing new starts, whatever its condition; what runs is the caller's to stop. */
    public void cancel() {
        canceled = true;
        skipPending("canceled");
        settle();
    }

    public boolean isOver() {
        return success + failed + skipped == dag.size();
    }

    public NodeStatus status(int node) {
        return statuses[node];
    }

    public Tally tally() {
        return new Tally(success, failed, skipped);
    }

    /** Running until it {@link #isOver()}. */
    public RunStatus outcome() {
        if (!isOver()) {
            return RunStatus.RUNNING;
        }
        if (canceled) {
            return RunStatus.CANCELED;
        }
        return failed > 0 ? RunStatus.FAILED : RunStatus.SUCCESS;
    }

    private void close(int node, NodeStatus status) {
        if (!status.isFinal()) {
            throw new IllegalArgumentException("not an end: " + status);
        }
        statuses[node] = status;
        count(status);
        ended.add(node);
        if (status.isFailure() && dag.failPolicy() == FailPolicy.FAIL_FAST) {
            skipPending("fail_fast");
        }
    }

    private void count(NodeStatus status) {
        switch (status) {
            case PENDING -> {}
            case RUNNING -> running++;
            case SUCCESS -> success++;
            case FAILED, TIMEOUT, CANCELED -> failed++;
            case SKIPPED -> skipped++;
        }
    }

    /** Tells the children of everything that ended, and theirs, until nothing changes. */
    private void settle() {
        for (Integer node = ended.poll(); node != null; node = ended.poll()) {
            for (int child : children.of(node)) {
                waitingFor[child]--;
                if (statuses[child] == NodeStatus.PENDING && !dooms(node, child) && waitingFor[child] == 0) {
                    release(child);
                }
            }
        }
    }

    /** A node whose past is not known: looks at everything it depends on. */
    private void judge(int node) {
        if (statuses[node] != NodeStatus.PENDING) {
            return;
        }
        for (int dep : dag.node(node).deps()) {
            if (dooms(dep, node)) {
                return;
            }
        }
        if (waitingFor[node] == 0) {
            release(node);
        }
    }

    /** One dependency that did not succeed settles it for a node that wants success of all; no need to wait for the others. */
    private boolean dooms(int dep, int node) {
        NodeStatus status = statuses[dep];
        if (dag.node(node).runIf() != RunIf.SUCCESS || !status.isFinal() || status == NodeStatus.SUCCESS) {
            return false;
        }
        skip(node, status == NodeStatus.SKIPPED ? "upstream_skipped" : "upstream_failed", dep);
        return true;
    }

    /** Everything that it depends on has ended. */
    private void release(int node) {
        DagNode description = dag.node(node);
        if (description.runIf() == RunIf.FAILED
                && description.deps().stream().noneMatch(dep -> statuses[dep].isFailure())) {
            skip(node, "no_upstream_failed", null);
        } else {
            nowReady.add(node);
            ready.add(node);
        }
    }

    /** After a failure under FailFast what asks for it by {@code run_if} still runs; after a cancel nothing does. */
    private void skipPending(String reason) {
        for (int i = 0; i < statuses.length; i++) {
            if (statuses[i] == NodeStatus.PENDING && (canceled || dag.node(i).runIf() == RunIf.SUCCESS)) {
                skip(i, reason, null);
            }
        }
        ready.removeIf(node -> statuses[node] != NodeStatus.PENDING);
        nowReady.removeIf(node -> statuses[node] != NodeStatus.PENDING);
    }

    private void skip(int node, String reason, @Nullable Integer upstream) {
        nowSkipped.add(new Skip(node, reason, upstream));
        close(node, NodeStatus.SKIPPED);
    }

    private int order(int a, int b) {
        int byPriority = Integer.compare(
                dag.node(b).task().priority().level(),
                dag.node(a).task().priority().level());
        return byPriority != 0 ? byPriority : Integer.compare(a, b);
    }
}
