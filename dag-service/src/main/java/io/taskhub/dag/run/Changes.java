package io.taskhub.dag.run;

import io.taskhub.contracts.DagEvent;
import io.taskhub.dag.DagProgress;
import io.taskhub.dag.RunStatus;
import java.util.List;

/**
 * What one step made of a run: written in one transaction.
 *
 * @param nodes each node once, as it is now
 * @param events in the order of their {@code seq}
 * @param start nodes whose tasks are to be ordered after the commit
 */
record Changes(List<NodeRow> nodes, List<DagEvent> events, List<Integer> start, Standing standing) {

    /** How the run as a whole stands after the step. {@code endMs} 0 while it runs. */
    record Standing(int seq, DagProgress.Tally tally, RunStatus status, long endMs, String message) {}

    boolean isEmpty() {
        return nodes.isEmpty() && events.isEmpty();
    }
}
