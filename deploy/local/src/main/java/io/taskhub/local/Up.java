package io.taskhub.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** {@code ./taskhub up}: runs the suite in the foreground until it is told to stop. */
public final class Up {
    /** Held for the life of the process: java.util.logging forgets loggers that nobody holds. */
    private static final Logger ROOT = Logger.getLogger("");

    private final long started = System.nanoTime();

    private Up() {}

    /** Exit code 2: not started, and the message says what to do about it; 130 and 143: stopped by a signal. */
    public static void main(String[] args) {
        if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
            System.out.print(UpArguments.HELP);
            return;
        }
        // Kafka asks Log4j for its loggers too; with nobody behind that API it would complain on screen.
        System.setProperty("log4j2.StatusLogger.level", "OFF");
        Up up = new Up();
        try {
            up.run(args);
        } catch (SuiteRefusal e) {
            System.err.println("taskhub: " + e.getMessage());
            System.exit(2);
        }
    }

    private void run(String[] args) {
        Path repository = Path.of(System.getProperty("taskhub.repository", ""));
        SuiteOptions defaults = SuiteOptions.of(repository.toAbsolutePath(), repository.resolve(".data"))
                .withScreen(this::tell);
        SuiteOptions options = UpArguments.parse(List.of(args), defaults);
        Suite suite = Suite.prepare(options);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            tell("stopping");
            suite.stop();
            tell("stopped");
        }));
        logToFile(suite.logs().resolve("kafka.log"));
        if (suite.start()) {
            welcome(suite, options);
        }
    }

    private void welcome(Suite suite, SuiteOptions options) {
        tell("ready");
        System.out.printf(
                """

                  TaskHub    %s
                  WebSocket  %s
                  login      admin / 123456
                  data       %s
                  logs       %s

                Ctrl-C stops everything.
                """,
                suite.baseUrl(),
                suite.webSocketUrl(),
                options.data().toAbsolutePath().normalize(),
                suite.logs());
        if (!options.host().startsWith("127.")) {
            System.out.println("Everyone who reaches " + options.host() + " can try that login: change the password.");
        }
    }

    private void tell(String line) {
        System.out.printf("[%5.1f s] %s%n", (System.nanoTime() - started) / 1e9, line);
    }

    /** Kafka and the JDBC driver talk a lot; on screen only the suite's own lines appear. */
    private static void logToFile(Path file) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        try {
            FileHandler handler = new FileHandler(file.toString(), 10 << 20, 1, true);
            handler.setFormatter(new SimpleFormatter());
            ROOT.addHandler(handler);
            ROOT.setLevel(Level.WARNING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot write " + file, e);
        }
    }
}
