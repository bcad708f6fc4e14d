package io.taskhub.e2e.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The body of {@code POST /api/dag/run}, filled only with what a test cares for. */
public final class Dag {
    private final String name;
    private final Map<String, Object> config = new LinkedHashMap<>();
    private final List<Map<String, Object>> tasks = new ArrayList<>();
    private final Map<String, Object> more = new LinkedHashMap<>();

    private Dag(String name) {
        this.name = name;
    }

    public static Dag named(String name) {
        return new Dag(name);
    }

    /** A setting of {@code config}. */
    public Dag with(String setting, Object value) {
        config.put(setting, value);
        return this;
    }

    /** Another field of the body. */
    public Dag field(String field, Object value) {
        more.put(field, value);
        return this;
    }

    /** A shell command that runs after others. */
    public Dag shell(String id, String command, String... deps) {
        return node(id, "Shell", command, Map.of(), deps);
    }

    /** A node that does nothing. */
    public Dag noop(String id, String... deps) {
        return node(id, "Local", "noop", Map.of(), deps);
    }

    public Dag node(String id, String execType, String command, Map<String, ?> fields, String... deps) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("id", id);
        node.put("name", "step-" + id);
        node.put("exec_type", execType);
        node.put("exec_command", command);
        node.put("deps", List.of(deps));
        node.putAll(fields);
        tasks.add(node);
        return this;
    }

    public int size() {
        return tasks.size();
    }

    public List<Map<String, Object>> tasks() {
        return tasks;
    }

    public Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("config", config);
        body.put("tasks", tasks);
        body.putAll(more);
        return body;
    }
}
