package io.taskhub.bench;

import io.taskhub.bench.scenario.Scenarios;
import io.taskhub.bench.suite.AttachedSuite;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param only names of scenarios; empty = all
 * @param quick short loads, for trying out
 * @param runs of each scenario, 1 to 20
 * @param attached a suite that runs already; null = start one
 */
record BenchOptions(
        Set<String> only, boolean quick, int runs, @Nullable AttachedSuite attached, boolean help) {
    private static final int DEFAULT_RUNS = 3;
    private static final int MOST_RUNS = 20;

    static final String USAGE = """
            ./taskhub bench [--only a,b] [--quick] [--runs N] [--url http://127.0.0.1:8080 --data DIR]

              --only a,b   these scenarios alone: %s
              --quick      short loads and one run, for trying out
              --runs N     how often each is measured, 1 to 20; the median is shown (default 3)
              --url, --data  a suite that runs already on this machine, and its data directory;
                           without them one is started for the occasion and removed afterwards
              --help       this text

            TASKHUB_BENCH_USER and TASKHUB_BENCH_PASSWORD name another login than the local run's.
            """.formatted(String.join(", ", Scenarios.names()));

    /** @throws IllegalArgumentException in words for the user */
    static BenchOptions parse(List<String> arguments) {
        Set<String> only = Set.of();
        boolean quick = false;
        boolean help = false;
        int runs = 0;
        String url = null;
        String data = null;
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String option = left.pop();
            switch (option) {
                case "--only" -> only = scenarios(value(option, left));
                case "--quick" -> quick = true;
                case "--runs" -> runs = runs(value(option, left));
                case "--url" -> url = value(option, left);
                case "--data" -> data = value(option, left);
                case "--help", "-h" -> help = true;
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        int wanted = runs > 0 ? runs : quick ? 1 : DEFAULT_RUNS;
        return new BenchOptions(only, quick, wanted, attached(url, data), help);
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty() || left.peek().startsWith("--")) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.pop();
    }

    private static Set<String> scenarios(String names) {
        Set<String> wanted = new LinkedHashSet<>(List.of(names.split(",", -1)));
        for (String name : wanted) {
            if (!Scenarios.names().contains(name)) {
                throw new IllegalArgumentException(
                        "no scenario \"" + name + "\"; there are " + String.join(", ", Scenarios.names()));
            }
        }
        return wanted;
    }

    private static int runs(String text) {
        try {
            int runs = Integer.parseInt(text);
            if (runs >= 1 && runs <= MOST_RUNS) {
                return runs;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new IllegalArgumentException("--runs is a number from 1 to " + MOST_RUNS + ", not " + text);
    }

    private static @Nullable AttachedSuite attached(@Nullable String url, @Nullable String data) {
        if (url == null && data == null) {
            return null;
        }
        if (url == null || data == null) {
            throw new IllegalArgumentException(
                    "--url and --data go together: the second tells which processes to watch");
        }
        try {
            return AttachedSuite.at(URI.create(url), Path.of(data));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--url " + url + ": " + e.getMessage(), e);
        }
    }
}
