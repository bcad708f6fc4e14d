package io.taskhub.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Under which code and on which machine something was measured.
 *
 * @param commit abbreviated, {@code dirty} added when the tree had changes that are not in it
 * @param machine cores and memory
 */
public record Surroundings(String commit, String machine) {
    private static final long KIB_PER_GIB = 1024L * 1024;

    public static Surroundings of(Path repository) throws InterruptedException {
        return new Surroundings(describeCommit(repository), describeMachine());
    }

    private static String describeCommit(Path repository) throws InterruptedException {
        try {
            String commit = git(repository, "rev-parse", "--short=10", "HEAD");
            // The results themselves do not count: they are written after the commit that they measure.
            String changes = git(repository, "status", "--porcelain", "--", ".", ":!deploy/bench/RESULTS.md");
            return changes.isEmpty() ? commit : commit + " (dirty)";
        } catch (IOException e) {
            return "unknown commit";
        }
    }

    private static String git(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!git.waitFor(10, TimeUnit.SECONDS) || git.exitValue() != 0) {
            git.destroyForcibly();
            throw new IOException("git " + String.join(" ", arguments));
        }
        return output.strip();
    }

    private static String describeMachine() {
        int cores = Runtime.getRuntime().availableProcessors();
        String memory;
        try {
            memory = memory(Files.readAllLines(Path.of("/proc/meminfo")));
        } catch (IOException e) {
            memory = "unknown memory";
        }
        return cores + " cores, " + memory + ", Java " + Runtime.version().feature();
    }

    static String memory(List<String> meminfo) {
        return meminfo.stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> line.replaceAll("\\D", ""))
                .map(kib -> String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(kib) / (double) KIB_PER_GIB))
                .findFirst()
                .orElse("unknown memory");
    }
}
