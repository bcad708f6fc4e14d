package io.taskhub.dag;

import io.taskhub.contracts.TaskConfig;
import java.util.List;

/**
 * One task of a graph.
 *
 * @param task as the client described it, placeholders and all
 * @param deps positions in the graph, each smaller or larger than the node's own
 */
public record DagNode(TaskConfig task, RunIf runIf, List<Integer> deps) {
    public DagNode {
        deps = List.copyOf(deps);
    }

    /** The logical id. */
    public String id() {
        return task.id();
    }
}
