package io.taskhub.worker.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a task's processes live on. A small shell, the holder, reads from a pipe of ours and keeps a FIFO open. In the process group of
 * everything that is started with {@link #command} or {@link #script} stands a guard that reads from the FIFO. When the pipe ends,
 * because the task did or because this process was killed, the holder goes, the guards see the end of the FIFO and kill their groups.
 * The guard being a member keeps the group's number from being used again. Nobody needs to know a process id.
 *
 * <p>A guard that comes too late finds no FIFO and kills its group at once.
 */
final class Lifeline implements AutoCloseable {
    private static final String HOLDER = """
            trap '' HUP INT TERM
            mkfifo -m 600 "$1/alive" && exec 8<>"$1/alive" && echo ready && read -r end
            rm -f "$1/alive"
            exec 8>&-
            [ "$end" = end ] || { sleep 2; rm -rf "$1"; }
            """;

    /** Descriptors 3 and 4 are the pipe between driver and browser, whose end each must see. */
    private static final String GUARDED = """
            directory=$1
            shift
            {
              read -r end <"$directory/alive"
              kill -s KILL -- "-$$" || kill -s KILL "$$"
            } </dev/null >/dev/null 2>&1 3>&- 4>&- &
            exec "$@"
            """;

    private static final long GONE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_MS = 10;
    private static final boolean SETSID = Programs.find("setsid").isPresent();

    private final Path directory;
    private final Process holder;

    private Lifeline(Path directory, Process holder) {
        this.directory = directory;
        this.holder = holder;
    }

    /** @param directory of the task alone: its processes are known by having its name in their command lines */
    static Lifeline of(Path directory) throws IOException {
        Process holder = new ProcessBuilder(ownGroup(List.of("/bin/sh", "-c", HOLDER, "holder", directory.toString())))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = holder.inputReader(StandardCharsets.US_ASCII);
        if (!"ready".equals(said.readLine())) {
            holder.destroyForcibly();
            throw new IOException("no FIFO in " + directory);
        }
        return new Lifeline(directory, holder);
    }

    Path directory() {
        return directory;
    }

    /** The command, guarded, at the head of a group of its own. */
    List<String> command(List<String> program) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", GUARDED, "guarded", directory.toString()));
        command.addAll(program);
        return ownGroup(command);
    }

    /** An executable file that runs the program, guarded, for who starts it at the head of a group. */
    Path script(Path program) throws IOException {
        Path script = directory.resolve(program.getFileName());
        Files.writeString(
                script, "#!/bin/sh\nset -- %s %s \"$@\"\n%s".formatted(quoted(directory), quoted(program), GUARDED));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    /** Lets go, from any thread: the processes die within milliseconds. They are not waited for. */
    void cut() {
        try (OutputStream pipe = holder.getOutputStream()) {
            pipe.write("end\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // It was cut before, or the holder is gone: the same to its guards.
            holder.destroyForcibly();
        }
    }

    /** Lets go, and returns when every process of the task is gone. */
    @Override
    public void close() {
        cut();
        long deadline = System.nanoTime() + GONE_NANOS;
        boolean interrupted = false;
        while (!killed() && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether none is left. Kills what left its group, as crash handlers do. */
    private boolean killed() {
        List<ProcessHandle> left = RunProcesses.of(directory).toList();
        left.stream().filter(process -> process.pid() != holder.pid()).forEach(ProcessHandle::destroyForcibly);
        return left.isEmpty();
    }

    private static List<String> ownGroup(List<String> command) {
        if (!SETSID) {
            return command;
        }
        List<String> grouped = new ArrayList<>(List.of("setsid"));
        grouped.addAll(command);
        return grouped;
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
