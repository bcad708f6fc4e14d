package io.taskhub.local;

import java.io.IOException;

/**
 * Runs another main class, and ends the process when standard input does: the pipe that the launcher holds closes however the launcher
 * dies. Services know nothing of it. Stands alone: this class is all that goes into the jar that children get.
 */
public final class PipeGuardedMain {
    private static final long GRACE_MILLIS = 4_000;

    private PipeGuardedMain() {}

    /** @param args the main class to run, then its own arguments */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread guard = new Thread(PipeGuardedMain::endWithInput, "launcher-pipe");
        guard.setDaemon(true);
        guard.start();
        String[] rest = new String[args.length - 1];
        System.arraycopy(args, 1, rest, 0, rest.length);
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // nobody writes; only the end matters
            }
        } catch (IOException e) {
            // as good as the end
        }
        Thread last = new Thread(PipeGuardedMain::haltSoon, "launcher-pipe-halt");
        last.setDaemon(true);
        last.start();
        System.exit(143);
    }

    private static void haltSoon() {
        try {
            Thread.sleep(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(143);
    }
}
