package io.taskhub.dag.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.dag.Dag;
import io.taskhub.dag.DagException;
import io.taskhub.dag.DagReader;

/**
 * A rendered template as the body of {@code POST /api/dag/run}. It may have been {@code {"tasks":[…]}}, {@code {"task":{…}}} or a bare
 * task; what it does not say itself, its name and its {@code params}, comes from the template and from what was rendered into it.
 */
public record RenderedDag(ObjectNode body) {
    private static final String TASKS = "tasks";
    private static final String TASK = "task";
    private static final String NAME = "name";
    private static final String PARAMS = "params";

    /**
     * @throws TemplateException.TaskIdMissing when a task has no string as its id
     */
    static RenderedDag of(ObjectNode object, String name, ObjectNode params) {
        ObjectNode dag = object.objectNode();
        if (object.has(TASKS) || object.has(TASK)) {
            dag.setAll(object);
            if (!object.has(TASKS)) {
                dag.remove(TASK);
                dag.set(TASKS, object.arrayNode().add(object.path(TASK)));
            }
        } else {
            dag.set(TASKS, object.arrayNode().add(object));
        }
        if (dag.get(TASKS) instanceof ArrayNode tasks) {
            tasks.forEach(RenderedDag::demandId);
        }
        if (isBlank(dag.path(NAME)) && isBlank(dag.path("config").path(NAME))) {
            dag.put(NAME, name);
        }
        if (!dag.path(PARAMS).isObject()) {
            dag.set(PARAMS, params);
        }
        return new RenderedDag(dag);
    }

    /** False when {@code tasks} is something else, which a run answers in its own words. */
    public boolean hasTaskList() {
        return body.path(TASKS).isArray();
    }

    /**
     * The graph, ready to run.
     *
     * @throws DagException when it cannot be run
     */
    public Dag graph() {
        return DagReader.read(JsonTree.values(body));
    }

    private static void demandId(JsonNode task) {
        JsonNode described = task.path(TASK).isObject() ? task.path(TASK) : task;
        if (!described.path("id").isTextual()
                || described.path("id").textValue().isBlank()) {
            throw new TemplateException.TaskIdMissing();
        }
    }

    private static boolean isBlank(JsonNode name) {
        return !name.isTextual() || name.textValue().isBlank();
    }
}
