package io.taskhub.bench;

import io.taskhub.bench.cpu.CpuMeter;
import io.taskhub.bench.load.Steering;
import io.taskhub.bench.report.Report;
import io.taskhub.bench.report.ResultsFile;
import io.taskhub.bench.report.Surroundings;
import io.taskhub.bench.scenario.Scenarios;
import io.taskhub.bench.scenario.Sizes;
import io.taskhub.bench.scenario.Stage;
import io.taskhub.bench.scenario.WarmUp;
import io.taskhub.bench.suite.RunningSuite;
import io.taskhub.bench.suite.StartedSuite;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The command. Exit code 0: all was measured, whether the aims are met or not; 1: something could not be; 2: usage. */
public final class Bench {
    private static final int USAGE = 2;

    private final BenchOptions options;
    private final Path repository;
    private final PrintStream out;

    private Bench(BenchOptions options, Path repository, PrintStream out) {
        this.options = options;
        this.repository = repository;
        this.out = out;
    }

    public static void main(String[] arguments) throws InterruptedException {
        // The suite's launcher is on the class path with Log4j's API and nobody behind it.
        System.setProperty("log4j2.StatusLogger.level", "OFF");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BenchOptions options;
        try {
            options = BenchOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("taskhub bench: " + e.getMessage() + "\n\n" + BenchOptions.USAGE);
            System.exit(USAGE);
            return;
        }
        if (options.help()) {
            out.print(BenchOptions.USAGE);
            return;
        }
        Path repository = Path.of(System.getProperty("taskhub.repository", ""))
                .toAbsolutePath()
                .normalize();
        System.exit(new Bench(options, repository, out).run());
    }

    private int run() throws InterruptedException {
        try (RunningSuite suite = open()) {
            return measure(suite);
        } catch (IllegalStateException e) {
            System.err.println("taskhub bench: " + e.getMessage());
            return 1;
        }
    }

    private RunningSuite open() {
        return options.attached() != null ? options.attached() : StartedSuite.start(repository, out);
    }

    private int measure(RunningSuite suite) throws InterruptedException {
        // One event loop: the generator may use one core at most, and its counters need no locks.
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(2));
        try {
            String token =
                    Steering.login(vertx, suite.origin(), setting("USER", "admin"), setting("PASSWORD", "123456"));
            try (Steering steering = new Steering(vertx, suite.origin(), token)) {
                CpuMeter cpu = new CpuMeter(suite.pids());
                out.println("Watching " + cpu.watched());
                Stage stage = new Stage(
                        vertx,
                        suite.origin(),
                        token,
                        steering,
                        cpu,
                        options.quick() ? Sizes.QUICK : Sizes.FULL,
                        "bench-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX),
                        new AtomicInteger());
                return report(suite, stage);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private int report(RunningSuite suite, Stage stage) throws InterruptedException {
        out.println("Warming up");
        WarmUp.Result warm = new WarmUp(stage).run();
        out.println("CPU µs per task, round by round: "
                + warm.perTask().stream().map(Math::round).toList());
        if (!warm.failures().isEmpty()) {
            out.println("Failed meanwhile: " + warm.failures());
        }
        Report report = new Measurements(stage, options.runs(), out).of(Scenarios.select(options.only()));
        out.println();
        out.print(report.text());
        Path file = repository.resolve("deploy/bench/RESULTS.md");
        String mode = options.runs()
                + (options.runs() == 1 ? " run" : " runs")
                + (options.quick() ? ", quick, " : ", ")
                + suite.description();
        new ResultsFile(file).append(Instant.now(), Surroundings.of(repository), mode, report);
        out.println("\nAppended to " + file);
        return report.unmeasured().isEmpty() ? 0 : 1;
    }

    private static String setting(String name, String fallback) {
        return System.getenv().getOrDefault("TASKHUB_BENCH_" + name, fallback);
    }
}
