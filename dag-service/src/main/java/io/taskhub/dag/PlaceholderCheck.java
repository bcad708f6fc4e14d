package io.taskhub.dag;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says before anything runs which placeholders could never be resolved. */
final class PlaceholderCheck {
    private static final Set<String> FIELDS = Set.of("stdout", "stderr", "exit_code");

    private final Dag dag;
    private final Map<String, Integer> positions;
    private final List<String> problems = new ArrayList<>();

    private PlaceholderCheck(Dag dag) {
        this.dag = dag;
        this.positions = HashMap.newHashMap(dag.size());
        for (int i = 0; i < dag.size(); i++) {
            positions.put(dag.node(i).id(), i);
        }
    }

    /** Empty when all is well. */
    static List<String> problems(Dag dag) {
        PlaceholderCheck check = new PlaceholderCheck(dag);
        for (int i = 0; i < dag.size(); i++) {
            for (Placeholder placeholder : Resolver.placeholders(dag.node(i).task())) {
                check.check(i, placeholder);
            }
        }
        return check.problems;
    }

    private void check(int node, Placeholder placeholder) {
        String id = dag.node(node).id();
        if (placeholder.node() == null) {
            if (Params.find(dag.params(), placeholder.field()) == null) {
                problems.add("task %s: missing param: %s".formatted(id, placeholder.field()));
            }
            return;
        }
        Integer target = positions.get(placeholder.node());
        if (target == null) {
            problems.add("task %s: %s names an unknown task".formatted(id, placeholder.text()));
        } else if (!FIELDS.contains(placeholder.field())) {
            problems.add(
                    "task %s: %s: only stdout, stderr and exit_code can be named".formatted(id, placeholder.text()));
        } else if (!dag.node(node).deps().contains(target) && !isBehind(node, target)) {
            problems.add(
                    "task %s: %s, but it does not depend on %s".formatted(id, placeholder.text(), placeholder.node()));
        }
    }

    private boolean isBehind(int node, int ancestor) {
        BitSet seen = new BitSet(dag.size());
        Deque<Integer> open = new ArrayDeque<>(dag.node(node).deps());
        for (Integer next = open.poll(); next != null; next = open.poll()) {
            if (next == ancestor) {
                return true;
            }
            if (!seen.get(next)) {
                seen.set(next);
                open.addAll(dag.node(next).deps());
            }
        }
        return false;
    }
}
