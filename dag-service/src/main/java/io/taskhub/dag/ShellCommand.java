package io.taskhub.dag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts values into a command for {@code /bin/sh} so that none can ever be anything but data (decisions §3: one single-quoted word).
 * The values stand single-quoted in assignments before the command, where no quoting of the command's own can reach them; a
 * placeholder becomes the quoted variable:
 *
 * <pre>
 *   echo {{nodes.a.stdout}}    ─▶  TASKHUB_1='it'\''s $(rm)'; echo "${TASKHUB_1}"
 *   echo "a: {{nodes.a.…}}"    ─▶  …; echo "a: ${TASKHUB_1}"
 *   echo 'a: {{nodes.a.…}}'    ─▶  …; echo 'a: '"${TASKHUB_1}"''
 * </pre>
 *
 * The quotes around a placeholder are followed from left to right. Where a command is too strange for that, a value may fall into
 * several words; it is still never read as a command.
 */
final class ShellCommand {
    private static final String VARIABLE = "TASKHUB_";

    private final StringBuilder out = new StringBuilder();
    private boolean single;
    private boolean doubled;

    private ShellCommand() {}

    static String fill(String command, List<Placeholder> placeholders, Map<Placeholder, String> values) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        ShellCommand filled = new ShellCommand();
        int copied = 0;
        for (Placeholder placeholder : placeholders) {
            filled.copy(command, copied, placeholder.start());
            String value = values.getOrDefault(placeholder, "");
            int number = numbers.computeIfAbsent(value, ignored -> numbers.size() + 1);
            filled.refer(VARIABLE + number);
            copied = placeholder.end();
        }
        filled.copy(command, copied, command.length());
        StringBuilder assignments = new StringBuilder();
        numbers.forEach((value, number) -> assignments
                .append(VARIABLE)
                .append(number)
                .append('=')
                .append(quoted(value))
                .append("; "));
        return assignments.append(filled.out).toString();
    }

    /** One word, whatever is in it. NUL cannot be in a command at all. */
    private static String quoted(String value) {
        return "'" + value.replace("\0", "").replace("'", "'\\''") + "'";
    }

    private void copy(String command, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = command.charAt(i);
            if (c == '\\' && !single && i + 1 < to) {
                out.append(c).append(command.charAt(++i));
                continue;
            }
            if (c == '\'' && !doubled) {
                single = !single;
            } else if (c == '"' && !single) {
                doubled = !doubled;
            }
            out.append(c);
        }
    }

    private void refer(String variable) {
        String reference = "${" + variable + "}";
        if (doubled) {
            out.append(reference);
        } else if (single) {
            out.append("'\"").append(reference).append("\"'");
        } else {
            out.append('"').append(reference).append('"');
        }
    }
}
