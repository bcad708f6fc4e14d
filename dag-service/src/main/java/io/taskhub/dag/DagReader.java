package io.taskhub.dag;

import io.taskhub.contracts.TaskConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of {@code POST /api/dag/run} (taskhub.md, "DAG run"; decisions §3) in time linear in nodes and dependencies. Nothing
 * about a graph is found out later: a {@link Dag} can run.
 */
public final class DagReader {
    private static final int DEFAULT_PARALLEL = 4;
    private static final int MAX_ID = 256;
    private static final int PROBLEMS_TOLD = 10;
    private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final List<String> problems = new ArrayList<>();

    private DagReader() {}

    /**
     * @param body parsed JSON: {@code tasks} or a single {@code task}, optional {@code name}, {@code config}, {@code params}
     * @throws DagException when it cannot be run, with everything that is wrong
     */
    public static Dag read(Map<String, Object> body) {
        return new DagReader().dag(body);
    }

    private Dag dag(Map<String, Object> body) {
        Map<String, Object> config = object(body, "config");
        Map<String, Object> params = object(body, "params");
        String name = text(body.get("name"), text(config.get("name"), ""));
        FailPolicy policy = FailPolicy.SKIP_DOWNSTREAM;
        int parallel = DEFAULT_PARALLEL;
        try {
            policy = FailPolicy.of(text(config.get("fail_policy"), policy.wire()));
            parallel = Math.max(1, integer(config.get("max_parallel"), DEFAULT_PARALLEL));
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        if (!isStorable(name)) {
            problems.add("name holds NUL or half a character");
        }
        List<?> tasks = tasks(body);
        List<TaskConfig> read = new ArrayList<>(tasks.size());
        List<RunIf> conditions = new ArrayList<>(tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
            task(tasks.get(i), i, read, conditions);
        }
        refuseIfWrong();
        List<DagNode> nodes = link(read, conditions);
        refuseIfWrong();
        refuseCycle(nodes);
        Dag dag = new Dag(name, policy, parallel, params, nodes);
        problems.addAll(PlaceholderCheck.problems(dag));
        refuseIfWrong();
        return dag;
    }

    private static List<?> tasks(Map<String, Object> body) {
        List<?> tasks = body.get("tasks") instanceof List<?> list
                ? list
                : body.get("task") instanceof Map<?, ?> ? List.of(body) : null;
        if (tasks == null) {
            throw new DagException("missing or invalid tasks array or task object");
        }
        if (tasks.isEmpty()) {
            throw new DagException("tasks is empty");
        }
        if (tasks.size() > Dag.MAX_NODES) {
            throw new DagException("dag has %d tasks, at most %d are allowed".formatted(tasks.size(), Dag.MAX_NODES));
        }
        return tasks;
    }

    private void task(@Nullable Object raw, int position, List<TaskConfig> read, List<RunIf> conditions) {
        if (!(raw instanceof Map<?, ?> given)) {
            problems.add("task %d is not an object".formatted(position + 1));
            return;
        }
        Map<String, Object> fields = strings(given.get("task") instanceof Map<?, ?> inner ? inner : given);
        try {
            TaskConfig task = TaskConfig.from(fields);
            check(task, position);
            conditions.add(RunIf.of(text(fields.get("run_if"), RunIf.SUCCESS.name())));
            read.add(task);
        } catch (IllegalArgumentException e) {
            problems.add("task %s: %s".formatted(text(fields.get("id"), "#" + (position + 1)), e.getMessage()));
        }
    }

    private static void check(TaskConfig task, int position) {
        if (task.id().isBlank()) {
            throw new DagException("empty task id at position %d".formatted(position + 1));
        }
        if (task.id().length() > MAX_ID) {
            throw new IllegalArgumentException("id is longer than %d characters".formatted(MAX_ID));
        }
        if (!QUEUE.matcher(task.queue()).matches()) {
            throw new IllegalArgumentException("queue must match " + QUEUE);
        }
        if (!task.toMap().values().stream().allMatch(DagReader::isStorable)) {
            throw new IllegalArgumentException("a text holds NUL or half a character");
        }
        task.payload();
    }

    /** Neither NUL nor half of a surrogate pair, which no database keeps. */
    private static boolean isStorable(Object value) {
        return switch (value) {
            case String text ->
                text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
            case Map<?, ?> map -> isStorable(map.keySet()) && isStorable(map.values());
            case Iterable<?> all -> {
                boolean sound = true;
                for (Object one : all) {
                    sound &= isStorable(one);
                }
                yield sound;
            }
            default -> true;
        };
    }

    private List<DagNode> link(List<TaskConfig> tasks, List<RunIf> conditions) {
        Map<String, Integer> positions = HashMap.newHashMap(tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
            if (positions.putIfAbsent(tasks.get(i).id(), i) != null) {
                problems.add("duplicate task id: " + tasks.get(i).id());
            }
        }
        List<DagNode> nodes = new ArrayList<>(tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
            TaskConfig task = tasks.get(i);
            Set<Integer> deps = new LinkedHashSet<>();
            for (String dep : task.deps()) {
                Integer position = positions.get(dep);
                if (position == null) {
                    problems.add("task %s depends on unknown task %s".formatted(task.id(), dep));
                } else if (dep.equals(task.id())) {
                    problems.add("task %s depends on itself".formatted(task.id()));
                } else {
                    deps.add(position);
                }
            }
            nodes.add(new DagNode(task, conditions.get(i), List.copyOf(deps)));
        }
        return nodes;
    }

    /** Takes away what depends on nothing that is left; what then remains is in a cycle or behind one. */
    private static void refuseCycle(List<DagNode> nodes) {
        int[] open = nodes.stream().mapToInt(node -> node.deps().size()).toArray();
        Children children = Children.of(nodes);
        int[] free = new int[nodes.size()];
        int found = 0;
        for (int i = 0; i < open.length; i++) {
            if (open[i] == 0) {
                free[found++] = i;
            }
        }
        for (int next = 0; next < found; next++) {
            for (int child : children.of(free[next])) {
                if (--open[child] == 0) {
                    free[found++] = child;
                }
            }
        }
        if (found < nodes.size()) {
            throw new DagException("cycle: " + cycle(nodes, open));
        }
    }

    /** Every node that is left depends on one that is left: walking back must come round. */
    private static String cycle(List<DagNode> nodes, int[] open) {
        int at = 0;
        while (open[at] == 0) {
            at++;
        }
        Map<Integer, Integer> seen = new HashMap<>();
        List<Integer> path = new ArrayList<>();
        while (!seen.containsKey(at)) {
            seen.put(at, path.size());
            path.add(at);
            at = nodes.get(at).deps().stream()
                    .filter(dep -> open[dep] > 0)
                    .findFirst()
                    .orElseThrow();
        }
        List<Integer> round = path.subList(seen.getOrDefault(at, 0), path.size());
        StringBuilder text = new StringBuilder();
        for (int node : round.reversed()) {
            text.append(nodes.get(node).id()).append(" -> ");
        }
        return text.append(nodes.get(round.getLast()).id()).toString();
    }

    private void refuseIfWrong() {
        if (!problems.isEmpty()) {
            int more = problems.size() - PROBLEMS_TOLD;
            String told = String.join("; ", problems.subList(0, Math.min(problems.size(), PROBLEMS_TOLD)));
            throw new DagException(more > 0 ? told + "; and " + more + " more" : told);
        }
    }

    private static Map<String, Object> object(Map<String, Object> body, String field) {
        return switch (body.get(field)) {
            case null -> Map.of();
            case Map<?, ?> map -> strings(map);
            default -> throw new DagException(field + " must be an object");
        };
    }

    /** JSON's own null is as good as absent. */
    private static Map<String, Object> strings(Map<?, ?> map) {
        Map<String, Object> strings = HashMap.newHashMap(map.size());
        map.forEach((key, value) -> {
            if (value != null) {
                strings.put(String.valueOf(key), value);
            }
        });
        return strings;
    }

    private static String text(@Nullable Object value, String absent) {
        return switch (value) {
            case null -> absent;
            case String text when text.isBlank() -> absent;
            case String text -> text;
            default -> String.valueOf(value);
        };
    }

    private static int integer(@Nullable Object value, int absent) {
        try {
            return switch (value) {
                case null -> absent;
                case Number number -> Math.clamp(number.longValue(), Integer.MIN_VALUE, Integer.MAX_VALUE);
                case String text -> Integer.parseInt(text.strip());
                default -> throw new NumberFormatException();
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("max_parallel must be an integer", e);
        }
    }
}
