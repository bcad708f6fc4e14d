package io.taskhub.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short external programs, such as {@code initdb}, and says what they printed when they fail. */
final class Commands {
    private Commands() {}

    /** Runs a command to its end, its output appended to {@code log}. Anything but exit code 0 within the time is an exception. */
    static void run(List<String> command, Path log, int timeoutSeconds) {
        int code = exitCode(command, log, timeoutSeconds);
        if (code != 0) {
            throw new IllegalStateException("%s ended with %d:%n%s".formatted(command, code, tail(log, 15)));
        }
    }

    /** Runs a command and answers its exit code, or -1 when it did not end within the time and was killed. */
    static int exitCode(List<String> command, Path log, int timeoutSeconds) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command.getFirst(), e);
        }
    }

    /** Whether a program of that name is in one of the directories of PATH. */
    static boolean present(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String directory : path.split(":", -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }

    /** The last lines of a text file, or nothing when it cannot be read. */
    static String tail(Path log, int lines) {
        try {
            List<String> all = Files.readAllLines(log);
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(no log at " + log + ")";
        }
    }
}
