package io.taskhub.worker.executor;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process groups of tasks when this process dies without a word ({@code kill -9}, out of memory): their tasks run again
 * elsewhere, and must not run twice at once. A small shell reads from a pipe which groups there are; the kernel closes the
 * pipe with us, and the shell kills what is left. Started with the first task that needs it.
 */
@Singleton
public class OrphanGuard {
    private static final Logger LOG = Logger.getLogger(OrphanGuard.class);

    /** The groups that live, each between blanks, so that one is taken out without a further process. */
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            groups=' '
            while read -r what group; do
              case $what in
                +) groups="$groups$group " ;;
                -) case $groups in *" $group "*) groups="${groups%% $group *} ${groups#* $group }" ;; esac ;;
              esac
            done
            for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
            """;

    private @Nullable Process shell;

    /** A group lives. */
    void watch(long group) {
        tell("+ " + group + "\n");
    }

    /** A group is gone. */
    void forget(long group) {
        tell("- " + group + "\n");
    }

    /** Without a guard tasks run all the same: it only matters when this process is killed. */
    private synchronized void tell(String line) {
        try {
            OutputStream pipe = open().getOutputStream();
            pipe.write(line.getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
        } catch (IOException e) {
            LOG.warnf("no guard over the processes of tasks: %s", e.getMessage());
        }
    }

    private Process open() throws IOException {
        Process current = shell;
        if (current == null || !current.isAlive()) {
            current = new ProcessBuilder("setsid", "/bin/sh", "-c", SCRIPT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            shell = current;
        }
        return current;
    }

    /** In order: what still runs is ended by its own run before this. */
    @PreDestroy
    synchronized void close() throws IOException {
        Process current = shell;
        if (current != null) {
            current.getOutputStream().close();
        }
    }
}
