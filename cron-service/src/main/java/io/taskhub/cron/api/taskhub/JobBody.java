package io.taskhub.cron.api.taskhub;

import io.taskhub.contracts.TaskConfig;
import io.taskhub.cron.InvalidSpecException;
import io.taskhub.cron.Job;
import io.taskhub.cron.MisfirePolicy;
import io.taskhub.cron.OverlapPolicy;
import io.taskhub.cron.Schedule;
import io.taskhub.cron.Target;
import io.taskhub.cron.api.Body;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a job's creation or replacement. */
final class JobBody {
    private static final int LONGEST_NAME = 255;

    private JobBody() {}

    /** @throws InvalidSpecException (an IllegalArgumentException, as all from here) in the contract's words, or naming the field */
    static Job.Draft parse(Body body) {
        String name = body.text("name");
        String spec = body.text("spec");
        if (name.isEmpty() || spec.isEmpty()) {
            throw new InvalidSpecException("name/spec is required");
        }
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSpecException(
                    "name: at most " + LONGEST_NAME + " characters, none of them a control character");
        }
        Schedule schedule = Schedule.of(spec, or(body.text("timezone"), "UTC"));
        return new Job.Draft(
                name,
                schedule,
                enabled(body.fields().get("enabled")),
                target(body, name),
                MisfirePolicy.of(or(body.text("misfire"), MisfirePolicy.ONCE.wire())),
                OverlapPolicy.of(or(body.text("overlap"), OverlapPolicy.ALLOW.wire())));
    }

    private static Target target(Body body, String jobName) {
        String type = or(body.text("target_type"), Target.SingleTask.TYPE);
        Map<String, Object> fields = body.fields();
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "singletask" ->
                new Target.SingleTask(task(object(fields, "task", "SingleTask requires 'task' field"), jobName));
            case "dag" -> dag(object(fields, "dag", "Dag requires 'dag' object"));
            case "template" -> template(object(fields, "template", "Template requires 'template' object"));
            default ->
                throw new InvalidSpecException("target_type: '" + type + "' is not one of SingleTask, Dag, Template");
        };
    }

    private static TaskConfig task(Map<String, Object> given, String jobName) {
        Map<String, Object> fields = new LinkedHashMap<>(
                given.get("task") instanceof Map<?, ?> ? object(given, "task", "task: must be an object") : given);
        if (blank(fields.get("id"))) {
            fields.put("id", "task");
        }
        if (blank(fields.get("name"))) {
            fields.put("name", jobName);
        }
        try {
            TaskConfig task = TaskConfig.from(fields);
            Map<String, Object> unused = task.payload();
            return task;
        } catch (IllegalArgumentException e) {
            throw new InvalidSpecException("task: " + e.getMessage());
        }
    }

    private static Target dag(Map<String, Object> dag) {
        if (!(dag.get("tasks") instanceof List<?> tasks)) {
            throw new InvalidSpecException("Dag requires 'tasks' array");
        }
        if (tasks.isEmpty()) {
            throw new InvalidSpecException("Dag tasks is empty");
        }
        return new Target.Dag(dag);
    }

    private static Target template(Map<String, Object> template) {
        if (!(template.get("template_id") instanceof String id) || id.isBlank()) {
            throw new InvalidSpecException("template_id: a template's id is required");
        }
        Map<String, Object> params =
                template.get("params") == null ? Map.of() : object(template, "params", "params: must be an object");
        return new Target.Template(id.strip(), params);
    }

    private static @Nullable Boolean enabled(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean enabled -> enabled;
            default -> throw new InvalidSpecException("enabled: must be true or false");
        };
    }

    @SuppressWarnings("unchecked") // JSON objects have string keys
    private static Map<String, Object> object(Map<String, Object> fields, String name, String otherwise) {
        if (fields.get(name) instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw new InvalidSpecException(otherwise);
    }

    private static boolean blank(@Nullable Object value) {
        return value == null || (value instanceof String text && text.isBlank());
    }

    private static String or(String text, String absent) {
        return text.isEmpty() ? absent : text;
    }
}
