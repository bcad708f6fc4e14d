package io.taskhub.dag;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that is known only when a node starts (decisions §3): {@code {{nodes.a.stdout}}}, {@code {{nodes.a.stderr}}},
 * {@code {{nodes.a.exit_code}}}, {@code {{run.params.x}}}. Any other {@code {{…}}} is literal text.
 *
 * @param start where it begins in its text
 * @param end behind its last character
 * @param node the logical id, null for a parameter
 * @param field {@code stdout}, {@code stderr} or {@code exit_code}; the parameter's path; whatever else was written
 */
public record Placeholder(int start, int end, @Nullable String node, String field) {
    private static final Pattern FORM = Pattern.compile("\\{\\{\\s*(nodes|run)\\.([^{}]*?)\\s*}}");
    private static final String PARAMS = "params.";

    /** All in a text, from left to right. */
    public static List<Placeholder> in(String text) {
        if (!text.contains("{{")) {
            return List.of();
        }
        List<Placeholder> found = new ArrayList<>();
        Matcher matcher = FORM.matcher(text);
        while (matcher.find()) {
            found.add(of(matcher.start(), matcher.end(), matcher.group(1).equals("nodes"), matcher.group(2)));
        }
        return found;
    }

    private static Placeholder of(int start, int end, boolean ofNode, String path) {
        if (ofNode) {
            // an id may hold dots, a field does not
            int dot = Math.max(0, path.lastIndexOf('.'));
            return new Placeholder(start, end, path.substring(0, dot), path.substring(dot == 0 ? 0 : dot + 1));
        }
        return new Placeholder(
                start, end, null, path.startsWith(PARAMS) ? path.substring(PARAMS.length()) : "run." + path);
    }

    /** As it was written, for messages. */
    public String text() {
        return node == null ? "{{run.params." + field + "}}" : "{{nodes." + node + "." + field + "}}";
    }
}
