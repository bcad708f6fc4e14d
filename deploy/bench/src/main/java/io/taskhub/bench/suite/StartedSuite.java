package io.taskhub.bench.suite;

import io.taskhub.local.PipeGuardedMain;
import io.taskhub.local.Up;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code taskhub up} with an empty data directory and free ports, in another process than this one, so that the load
 * generator's CPU stands apart. Ending it removes the data.
 */
public final class StartedSuite implements RunningSuite {
    private static final Pattern READY = Pattern.compile("\\s*TaskHub\\s+(http://\\S+)\\s*");
    private static final int STOPPING_SECONDS = 60;

    private final Path home;
    private final Process launcher;
    private final URI origin;
    private final Thread onExit;

    private StartedSuite(Path home, Process launcher, URI origin, Thread onExit) {
        this.home = home;
        this.launcher = launcher;
        this.origin = origin;
        this.onExit = onExit;
    }

    /** Returns when it is ready. @throws IllegalStateException when it does not become so; what it printed says why */
    public static StartedSuite start(Path repository, PrintStream screen) {
        try {
            Path home = Files.createTempDirectory("taskhub-bench-");
            screen.println("Starting a suite in " + home);
            Process launcher = new ProcessBuilder(command(repository, home.resolve("data")))
                    .redirectErrorStream(true)
                    .start();
            Thread onExit = new Thread(() -> end(launcher, home), "stop-suite");
            Runtime.getRuntime().addShutdownHook(onExit);
            BufferedReader lines = launcher.inputReader();
            URI origin = awaitReady(lines, screen);
            Thread.ofPlatform().daemon().name("suite-output").start(() -> follow(lines, screen));
            return new StartedSuite(home, launcher, origin, onExit);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a suite", e);
        }
    }

    @Override
    public URI origin() {
        return origin;
    }

    @Override
    public Path pids() {
        return home.resolve("data/pids");
    }

    @Override
    public String description() {
        return "started for it";
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(onExit);
        end(launcher, home);
    }

    private static List<String> command(Path repository, Path data) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // ./taskhub gives "up" and "bench" the same heap and collector, so this process's are the launcher's usual
        // ones.
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-Dtaskhub.repository=" + repository);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        // Should this process be killed, the pipe's end stops the suite.
        command.addAll(List.of(PipeGuardedMain.class.getName(), Up.class.getName()));
        command.addAll(List.of("--data", data.toString(), "--free-ports"));
        for (String port : List.of("--port", "--ws-port", "--postgres-port", "--kafka-port")) {
            command.addAll(List.of(port, "0"));
        }
        return command;
    }

    private static URI awaitReady(BufferedReader lines, PrintStream screen) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return URI.create(ready.group(1));
            }
            tell(line, screen);
        }
        throw new IllegalStateException("the suite did not become ready");
    }

    /** A service that dies and is started again is worth a line between the results. */
    private static void follow(BufferedReader lines, PrintStream screen) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                tell(line, screen);
            }
        } catch (IOException e) {
            // The launcher has ended.
        }
    }

    private static void tell(String line, PrintStream screen) {
        if (line.startsWith("[") || line.startsWith("taskhub:")) {
            screen.println("  " + line);
        }
    }

    private static void end(Process launcher, Path home) {
        launcher.destroy();
        try {
            if (!launcher.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
                launcher.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            launcher.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("taskhub bench: could not remove all of " + home + ": " + e.getMessage());
        }
    }
}
