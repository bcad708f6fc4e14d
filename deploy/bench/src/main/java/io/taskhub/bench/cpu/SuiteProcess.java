package io.taskhub.bench.cpu;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the suite by the lines {@code name pid} of {@code DATA/pids}; one that carries two parts is named {@code a+b}. */
public record SuiteProcess(String name, long pid) {
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(\\d+)");

    /** Lines of another form are skipped. */
    static List<SuiteProcess> parse(List<String> lines) {
        Map<Long, String> names = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line.strip());
            if (matcher.matches()) {
                names.merge(Long.parseLong(matcher.group(2)), matcher.group(1), (a, b) -> a + "+" + b);
            }
        }
        return names.entrySet().stream()
                .map(e -> new SuiteProcess(e.getValue(), e.getKey()))
                .toList();
    }

    @Override
    public String toString() {
        return name + " (pid " + pid + ")";
    }

    static String listed(List<SuiteProcess> processes) {
        return processes.stream().map(SuiteProcess::toString).collect(joining(", "));
    }
}
