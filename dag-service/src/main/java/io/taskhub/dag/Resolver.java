package io.taskhub.dag;

import io.taskhub.contracts.ExecType;
import io.taskhub.contracts.TaskConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what a node's description leaves open until the node starts. In {@code exec_params} and in the address of an HTTP call a
 * value is plain text; in a shell command it can only ever be one word, see {@link ShellCommand}. A value is never read for
 * placeholders again. Trailing newlines of an output are dropped, as a shell's {@code $(…)} does.
 */
public final class Resolver {
    private static final String INNER_COMMAND = "inner.exec_command";

    private final Map<String, Object> params;
    private final Map<String, Output> outputs;

    /** What a node left. */
    public record Output(int exitCode, String stdout, String stderr) {}

    /**
     * @param params of the run, see {@link Dag#params()}
     * @param outputs by logical id, of the nodes that {@link #nodes} names
     */
    public Resolver(Map<String, Object> params, Map<String, Output> outputs) {
        this.params = params;
        this.outputs = outputs;
    }

    /** Ids of the nodes whose outputs the task wants. */
    public static Set<String> nodes(TaskConfig task) {
        Set<String> nodes = new TreeSet<>();
        for (Placeholder placeholder : placeholders(task)) {
            if (placeholder.node() != null) {
                nodes.add(placeholder.node());
            }
        }
        return nodes;
    }

    static List<Placeholder> placeholders(TaskConfig task) {
        List<Placeholder> found = new ArrayList<>(Placeholder.in(task.exec_command()));
        task.exec_params().values().forEach(value -> found.addAll(Placeholder.in(value)));
        return found;
    }

    /** The task as it is to run. A node that was skipped left nothing: empty texts, exit code −1. */
    public TaskConfig resolve(TaskConfig task) {
        if (placeholders(task).isEmpty()) {
            return task;
        }
        boolean shell = task.exec_type() != ExecType.HTTP_CALL;
        Map<String, String> resolved = new LinkedHashMap<>();
        task.exec_params()
                .forEach((name, value) -> resolved.put(
                        name, name.equals(INNER_COMMAND) && innerIsShell(task) ? command(value) : plain(value)));
        String command = shell ? command(task.exec_command()) : plain(task.exec_command());
        return new TaskConfig(
                task.id(),
                task.name(),
                task.exec_type(),
                command,
                resolved,
                task.timeout_ms(),
                task.retry_count(),
                task.retry_delay_ms(),
                task.retry_exp_backoff(),
                task.priority(),
                task.queue(),
                task.labels(),
                task.deps());
    }

    private static boolean innerIsShell(TaskConfig task) {
        return ExecType.of(task.exec_params().getOrDefault("inner.exec_type", ExecType.SHELL.wire()))
                != ExecType.HTTP_CALL;
    }

    private String plain(String text) {
        StringBuilder out = new StringBuilder();
        int copied = 0;
        for (Placeholder placeholder : Placeholder.in(text)) {
            out.append(text, copied, placeholder.start()).append(value(placeholder));
            copied = placeholder.end();
        }
        return out.append(text, copied, text.length()).toString();
    }

    private String command(String text) {
        List<Placeholder> placeholders = Placeholder.in(text);
        Map<Placeholder, String> values = HashMap.newHashMap(placeholders.size());
        placeholders.forEach(placeholder -> values.put(placeholder, value(placeholder)));
        return placeholders.isEmpty() ? text : ShellCommand.fill(text, placeholders, values);
    }

    private String value(Placeholder placeholder) {
        if (placeholder.node() == null) {
            @Nullable String value = Params.find(params, placeholder.field());
            return value == null ? "" : value;
        }
        Output output = outputs.getOrDefault(placeholder.node(), new Output(-1, "", ""));
        return switch (placeholder.field()) {
            case "stdout" -> trimmed(output.stdout());
            case "stderr" -> trimmed(output.stderr());
            default -> Integer.toString(output.exitCode());
        };
    }

    private static String trimmed(String output) {
        int end = output.length();
        while (end > 0 && (output.charAt(end - 1) == '\n' || output.charAt(end - 1) == '\r')) {
            end--;
        }
        return output.substring(0, end);
    }
}
