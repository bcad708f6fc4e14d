package io.taskhub.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A small shell that waits on a pipe from this process and stops the guarded one when the pipe closes, so that nothing is left behind
 * even when we are killed without a chance to clean up.
 */
final class OrphanGuard {
    private final Process shell;

    private OrphanGuard(Process shell) {
        this.shell = shell;
    }

    static OrphanGuard over(long pid) {
        List<String> command = new ArrayList<>();
        if (Commands.present("setsid")) {
            command.add("setsid"); // a Ctrl-C meant for us must not take the guard away
        }
        command.addAll(List.of("/bin/sh", "-c", "read -r _; kill -INT \"$1\"", "taskhub-guard", String.valueOf(pid)));
        try {
            return new OrphanGuard(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the database's guard", e);
        }
    }

    /** The guarded process is about to be stopped properly. */
    void dismiss() {
        shell.destroyForcibly().onExit().join();
    }
}
