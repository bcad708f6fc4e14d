package io.taskhub.dag;

import java.util.Arrays;
import java.util.List;

/** The graph's edges the other way round, in two arrays: who waits for a node. */
final class Children {
    private final int[] starts;
    private final int[] targets;

    private Children(int[] starts, int[] targets) {
        this.starts = starts;
        this.targets = targets;
    }

    static Children of(List<DagNode> nodes) {
        int[] starts = new int[nodes.size() + 1];
        for (DagNode node : nodes) {
            for (int dep : node.deps()) {
                starts[dep + 1]++;
            }
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        int[] next = Arrays.copyOf(starts, nodes.size());
        int[] targets = new int[starts[nodes.size()]];
        for (int i = 0; i < nodes.size(); i++) {
            for (int dep : nodes.get(i).deps()) {
                targets[next[dep]++] = i;
            }
        }
        return new Children(starts, targets);
    }

    /** Ascending. */
    int[] of(int node) {
        return Arrays.copyOfRange(targets, starts[node], starts[node + 1]);
    }
}
