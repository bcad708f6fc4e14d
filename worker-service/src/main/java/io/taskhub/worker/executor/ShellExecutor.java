package io.taskhub.worker.executor;

import io.taskhub.worker.WorkerConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * {@code shell} {command|cmd} (decisions §3): {@code /bin/sh -c} in a working directory of its own that is gone afterwards,
 * in its own process group, with a scrubbed environment and no input. Nothing that it started outlives it.
 */
@Singleton
public final class ShellExecutor implements Executor {
    private static final Logger LOG = Logger.getLogger(ShellExecutor.class);
    private static final String SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** A process that exited is at the end of its pipes at once, unless a child that it left behind holds them. */
    private static final long LEFTOVER_GRACE_MS = 200;

    private static final long READERS_MS = 1_000;

    private final Path directory;
    private final OrphanGuard guard;
    private final boolean grouped;

    @Inject
    public ShellExecutor(WorkerConfig config, OrphanGuard guard) {
        this(
                config.workDir().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "taskhub-work")),
                guard);
    }

    ShellExecutor(Path directory, OrphanGuard guard) {
        this.directory = directory;
        this.guard = guard;
        this.grouped = onPath("setsid");
    }

    @Override
    public Set<String> types() {
        return Set.of("shell");
    }

    @Override
    public Ended execute(Execution run, Payload payload) throws Exception {
        String command = payload.text("command", payload.text("cmd", ""));
        if (command.isBlank()) {
            throw new InvalidPayloadException("missing cmd in params");
        }
        return run(run, command);
    }

    /** Runs a command whose text is known. */
    Ended run(Execution run, String command) throws IOException, InterruptedException {
        if (command.indexOf('\0') >= 0) {
            throw new InvalidPayloadException("a command cannot contain NUL");
        }
        Files.createDirectories(directory);
        Path home = Files.createTempDirectory(directory, "task-");
        try {
            return run(run, command, home);
        } finally {
            delete(home);
        }
    }

    private Ended run(Execution run, String command, Path home) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(arguments(command)).directory(home.toFile()).redirectInput(new File("/dev/null"));
        scrub(builder.environment(), run.work(), home);
        Process process = builder.start();
        if (grouped) {
            guard.watch(process.pid());
        }
        ProcessTree tree = new ProcessTree(process, grouped);
        PipeReader out = PipeReader.start(process.getInputStream(), run.stdout());
        PipeReader err = PipeReader.start(process.getErrorStream(), run.stderr());
        try {
            int code = process.waitFor();
            out.join(LEFTOVER_GRACE_MS);
            err.join(LEFTOVER_GRACE_MS);
            return code == 0 ? Ended.success() : Ended.failed(code, "exit code " + code);
        } finally {
            tree.end();
            if (grouped) {
                guard.forget(process.pid());
            }
            out.join(READERS_MS);
            err.join(READERS_MS);
        }
    }

    private List<String> arguments(String command) {
        return grouped ? List.of("setsid", "/bin/sh", "-c", command) : List.of("/bin/sh", "-c", command);
    }

    /** Nothing of this service's own environment (keys, passwords) reaches a task. */
    private static void scrub(Map<String, String> environment, Work work, Path home) {
        String path = environment.getOrDefault("PATH", SYSTEM_PATH);
        environment.clear();
        environment.put("PATH", path);
        environment.put("HOME", home.toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("TASKHUB_TASK_ID", work.logical());
        environment.put("TASKHUB_ATTEMPT", Integer.toString(work.attempt()));
    }

    private static boolean onPath(String program) {
        for (String directory :
                System.getenv().getOrDefault("PATH", SYSTEM_PATH).split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        LOG.warnf("%s is not on the PATH: a task's children are found one by one when it is stopped", program);
        return false;
    }

    private static void delete(Path home) {
        try {
            DirectoryTree.delete(home);
        } catch (IOException e) {
            LOG.warnf("working directory %s stays: %s", home, e.getMessage());
        }
    }
}
