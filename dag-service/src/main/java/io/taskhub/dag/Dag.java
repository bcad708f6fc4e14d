package io.taskhub.dag;

import java.util.List;
import java.util.Map;

/**
 * A graph that can be run: ids are unique, dependencies known, no cycle. Made by {@link DagReader}.
 *
 * @param name "" when the client gave none
 * @param maxParallel nodes that run at the same time, at least 1
 * @param params what {@code {{run.params.x}}} names: parsed JSON values
 * @param nodes in the client's order; a node's position is its index here
 */
public record Dag(
        String name, FailPolicy failPolicy, int maxParallel, Map<String, Object> params, List<DagNode> nodes) {
    /** The most nodes of one run. */
    public static final int MAX_NODES = 10_000;

    public Dag {
        nodes = List.copyOf(nodes);
    }

    public int size() {
        return nodes.size();
    }

    public DagNode node(int index) {
        return nodes.get(index);
    }
}
