package io.taskhub.dag.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;

/** A string under way: which of its characters the template wrote, and which came from a parameter. */
final class Filling {
    private final StringBuilder text = new StringBuilder();
    private final List<Span> parameters = new ArrayList<>();

    private record Span(int start, int end, String path) {}

    void literal(String template, int start, int end) {
        text.append(template, start, end);
    }

    void parameter(String path, String value) {
        if (!value.isEmpty()) {
            parameters.add(new Span(text.length(), text.length() + value.length(), path));
            text.append(value);
        }
    }

    /** Tells of each parameter that would take part in a placeholder of the run, alone or together with what stands around it. */
    void intruders(Consumer<String> path) {
        if (parameters.isEmpty()) {
            return;
        }
        Matcher starts = PlaceholderForm.START_OF_RUNS.matcher(text);
        int next = 0;
        int close = 0;
        while (starts.find()) {
            if (close >= 0 && close < starts.end()) {
                close = text.indexOf(PlaceholderForm.END, starts.end());
            }
            int end = close < 0 ? starts.end() : close + PlaceholderForm.END.length();
            while (next < parameters.size() && parameters.get(next).end <= starts.start()) {
                next++;
            }
            if (next < parameters.size() && parameters.get(next).start < end) {
                path.accept(parameters.get(next).path);
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
