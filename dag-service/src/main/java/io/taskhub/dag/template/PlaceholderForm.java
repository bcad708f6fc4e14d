package io.taskhub.dag.template;

import java.util.regex.Pattern;

/** How a placeholder is written. */
final class PlaceholderForm {
    /** {@code {{path}}}, blanks around the path allowed. */
    static final Pattern FORM = Pattern.compile("\\{\\{([^{}]*+)}}");

    /** How one that the run resolves begins; wider than what the run accepts, so that nothing slips between the two. */
    static final Pattern START_OF_RUNS =
            Pattern.compile("\\{\\{[\\s\\p{Z}\\p{C}]*+(?:nodes|run)[\\s\\p{Z}\\p{C}]*+\\.");

    static final String END = "}}";

    private PlaceholderForm() {}

    /** Whether the run resolves it, not the template: its root is {@code nodes} or {@code run}. */
    static boolean isOfRun(String path) {
        int dot = path.indexOf('.');
        String root = dot < 0 ? path : path.substring(0, dot);
        return root.equals("nodes") || root.equals("run");
    }
}
