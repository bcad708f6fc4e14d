package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * TaskHub's description of a task: a DAG node, a cron job's target, the body of {@code /api/worker/execute}. Reading is
 * tolerant (decisions §3): the object may be wrapped as {@code {"task":{…}}}, numbers may be strings, {@code exec_params}
 * values that are not strings become their JSON text. {@link #type()} and {@link #payload()} are what the engine runs.
 *
 * @param id the logical id, "" when absent
 * @param timeout_ms 0 = none
 * @param retry_count further attempts after the first, at least 0
 * @param retry_delay_ms before the first retry, doubling unless {@code retry_exp_backoff} is false
 * @param labels what a remote worker must have; {@code exec_params.labels} is added to them
 */
public record TaskConfig(
        String id,
        String name,
        ExecType exec_type,
        String exec_command,
        Map<String, String> exec_params,
        long timeout_ms,
        int retry_count,
        long retry_delay_ms,
        boolean retry_exp_backoff,
        Priority priority,
        String queue,
        List<String> labels,
        List<String> deps) {

    /** The queue of a task that names none. */
    public static final String DEFAULT_QUEUE = "default";

    private static final long DEFAULT_RETRY_DELAY_MS = 1_000;
    private static final String INNER = "inner.";
    private static final String INNER_PARAMS = "inner.exec_params.";
    private static final String HEADER = "header.";

    public TaskConfig {
        exec_params = Map.copyOf(exec_params);
        labels = List.copyOf(labels);
        deps = List.copyOf(deps);
    }

    /**
     * Reads a parsed JSON object.
     *
     * @throws IllegalArgumentException saying which field is wrong
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TaskConfig from(Map<String, Object> body) {
        Fields fields = new Fields(body.get("task") instanceof Map<?, ?> inner ? inner : body);
        Map<String, String> params = fields.params();
        List<String> labels = new ArrayList<>(fields.texts("labels"));
        labelsOf(params.getOrDefault("labels", "")).stream()
                .filter(label -> !labels.contains(label))
                .forEach(labels::add);
        String priority = fields.text("priority", Priority.NORMAL.name());
        String queue = fields.text("queue", "");
        return new TaskConfig(
                fields.text("id", ""),
                fields.text("name", ""),
                ExecType.of(fields.text("exec_type", ExecType.LOCAL.wire())),
                fields.text("exec_command", ""),
                params,
                Math.max(0, fields.integer("timeout_ms", 0)),
                Math.clamp(fields.integer("retry_count", 0), 0, Integer.MAX_VALUE - 1),
                Math.max(0, fields.integer("retry_delay_ms", fields.integer("retryDelay", DEFAULT_RETRY_DELAY_MS))),
                fields.bool("retry_exp_backoff", true),
                Priority.parse(priority)
                        .orElseThrow(() -> new IllegalArgumentException("unknown priority: " + priority
                                + " (allowed: Low, Normal, High, Critical, -1, 0, 1, 2)")),
                queue.isBlank() ? DEFAULT_QUEUE : queue,
                labels,
                fields.texts("deps"));
    }

    /** The engine's type: {@code local}, {@code shell}, {@code http} or {@code remote}. */
    public String type() {
        return switch (exec_type) {
            case LOCAL -> "local";
            case SHELL, SCRIPT -> "shell";
            case HTTP_CALL -> "http";
            case REMOTE -> "remote";
        };
    }

    /**
     * The payload of {@link #type()}, for a JSON writer.
     *
     * @throws IllegalArgumentException when a Remote task's inner task is Remote again
     */
    public Map<String, Object> payload() {
        return switch (exec_type) {
            case LOCAL ->
                Map.of(
                        "handler", exec_command.isBlank() ? id : exec_command,
                        "command", exec_command,
                        "params", exec_params);
            case SHELL, SCRIPT -> Map.of("command", exec_command);
            case HTTP_CALL -> httpPayload();
            case REMOTE -> Map.of("queue", queue, "labels", labels, "task", inner().toMap());
        };
    }

    private Map<String, Object> httpPayload() {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("url", exec_command.isBlank() ? exec_params.getOrDefault("url", "") : exec_command);
        payload.put("method", exec_params.getOrDefault("method", "GET"));
        payload.put("headers", stripped(HEADER));
        String body = exec_params.get("body");
        if (body != null) {
            payload.put("body", body);
        }
        return payload;
    }

    /** What a Remote task asks the registered worker to run. It never retries there: attempts are counted here. */
    private TaskConfig inner() {
        ExecType type = ExecType.of(exec_params.getOrDefault(INNER + "exec_type", ExecType.SHELL.wire()));
        if (type == ExecType.REMOTE) {
            throw new IllegalArgumentException("inner.exec_type must not be Remote");
        }
        return new TaskConfig(
                id,
                name,
                type,
                exec_params.getOrDefault(INNER + "exec_command", exec_command),
                stripped(INNER_PARAMS),
                timeout_ms,
                0,
                0,
                retry_exp_backoff,
                priority,
                queue,
                List.of(),
                List.of());
    }

    private Map<String, String> stripped(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        exec_params.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** {@code "gpu,eu"} or the JSON text {@code ["gpu","eu"]}. */
    private static List<String> labelsOf(String text) {
        List<String> labels = new ArrayList<>();
        for (String part : List.of(text.replaceAll("[\\[\\]\"]", "").split(",", -1))) {
            if (!part.isBlank()) {
                labels.add(part.strip());
            }
        }
        return labels;
    }

    /** As the contract writes it. */
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("name", name);
        map.put("exec_type", exec_type.wire());
        map.put("exec_command", exec_command);
        map.put("exec_params", exec_params);
        map.put("timeout_ms", timeout_ms);
        map.put("retry_count", retry_count);
        map.put("retry_delay_ms", retry_delay_ms);
        map.put("retry_exp_backoff", retry_exp_backoff);
        map.put(
                "priority",
                priority.name().charAt(0) + priority.name().substring(1).toLowerCase(Locale.ROOT));
        map.put("queue", queue);
        map.put("labels", labels);
        map.put("deps", deps);
        return map;
    }

    /** A JSON object's fields, read with the contract's tolerance. */
    private record Fields(Map<?, ?> object) {

        String text(String name, String absent) {
            return switch (object.get(name)) {
                case null -> absent;
                case String text -> text;
                case Number number -> number.toString();
                default -> throw new IllegalArgumentException(name + " must be a string");
            };
        }

        long integer(String name, long absent) {
            Object value = object.get(name);
            try {
                return switch (value) {
                    case null -> absent;
                    case Number number -> number.longValue();
                    case String text when text.isBlank() -> absent;
                    case String text -> Long.parseLong(text.strip());
                    default -> throw new NumberFormatException();
                };
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + " must be an integer", e);
            }
        }

        boolean bool(String name, boolean absent) {
            return switch (object.get(name)) {
                case null -> absent;
                case Boolean bool -> bool;
                case String text -> Boolean.parseBoolean(text.strip());
                default -> throw new IllegalArgumentException(name + " must be a boolean");
            };
        }

        List<String> texts(String name) {
            return switch (object.get(name)) {
                case null -> List.of();
                case List<?> list -> list.stream().map(Fields::scalar).toList();
                default -> throw new IllegalArgumentException(name + " must be an array");
            };
        }

        Map<String, String> params() {
            Map<String, String> params = new LinkedHashMap<>();
            switch (object.get("exec_params")) {
                case null -> {}
                case Map<?, ?> given -> given.forEach((key, value) -> params.put(String.valueOf(key), scalar(value)));
                default -> throw new IllegalArgumentException("exec_params must be an object");
            }
            return params;
        }

        private static String scalar(@Nullable Object value) {
            return value instanceof String text ? text : JsonText.of(value);
        }
    }
}
