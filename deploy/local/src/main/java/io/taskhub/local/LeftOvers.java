package io.taskhub.local;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What may still run of a suite whose launcher was killed. */
final class LeftOvers {
    private static final int CHILD_SECONDS = 10;
    private static final int POSTGRES_SECONDS = 30;

    private LeftOvers() {}

    /** Waits for the services, which end by themselves when the launcher's pipe closes, and stops the database. Needs the directory's lock. */
    static void end(DataDirectory data) {
        for (long pid : data.lastPids()) {
            ProcessHandle.of(pid).filter(LeftOvers::isService).ifPresent(service -> {
                if (!ends(service, CHILD_SECONDS)) {
                    service.destroyForcibly();
                    ends(service, CHILD_SECONDS);
                }
            });
        }
        long postgres = EmbeddedPostgres.pidOn(data.postgres().resolve("data"));
        if (postgres >= 0) {
            Commands.exitCode(
                    List.of("/bin/sh", "-c", "kill -INT " + postgres),
                    data.logs().resolve("left-over.log"),
                    CHILD_SECONDS);
            ProcessHandle.of(postgres).ifPresent(server -> {
                if (!ends(server, POSTGRES_SECONDS)) {
                    throw new SuiteRefusal("a PostgreSQL (pid %d) of an earlier run does not stop".formatted(postgres));
                }
            });
        }
    }

    /** A process id may have been given to a stranger since. */
    private static boolean isService(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(arguments -> List.of(arguments).stream().anyMatch(a -> a.startsWith(LaunchCommand.INSTANCE)))
                .orElse(false);
    }

    private static boolean ends(ProcessHandle process, int seconds) {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
