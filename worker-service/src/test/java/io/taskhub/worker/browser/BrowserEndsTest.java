package io.taskhub.worker.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskhub.contracts.Condition;
import io.taskhub.contracts.PlanAction;
import io.taskhub.contracts.Report.Outcome;
import io.taskhub.contracts.ScrollTarget;
import io.taskhub.worker.executor.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a run ends, no process and no file of its browser is left. */
@Tag("browser")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BrowserEndsTest {
    private static final PlanAction HOME = new PlanAction.Navigate("http://shop.example/");
    private static final PlanAction LONG = new PlanAction.Wait(new Condition.Duration(100_000));

    @TempDir
    Path work;

    private final Site site;

    BrowserEndsTest() throws IOException {
        site = new Site().page("/", "<title>Shop</title><body style='height: 3000px' onscroll='for (;;) {}'>");
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** Browser, driver and the shells around them: each has the run directory in its command line. */
    private static List<ProcessHandle> processes(Path work) {
        return RunProcesses.of(work.resolve("b-")).toList();
    }

    private static boolean is(ProcessHandle process, String part) {
        return RunProcesses.commandLine(process).contains(part);
    }

    private void assertNothingLeft() throws IOException {
        assertThat(processes(work)).isEmpty();
        try (Stream<Path> left = Files.list(work)) {
            assertThat(left).isEmpty();
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getClass().getName().startsWith("com.microsoft.playwright.")));
    }

    private AgentRun started(BrowserExecutor executor) {
        AgentRun run = AgentRun.start(executor, HOME, LONG);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(run.logs()).contains("info Navigated to http://shop.example/"));
        assertThat(processes(work)).anyMatch(process -> is(process, "--type=renderer"));
        return run;
    }

    @Test
    void a_cancel_ends_the_browser_at_once_and_a_run_that_waits_for_one_too() throws IOException {
        BrowserExecutor executor = AgentRun.executor(work, site.dialer(), new AgentRun.Kept(new HashMap<>()));
        AgentRun run = started(executor);
        AgentRun waiting = AgentRun.start(executor, HOME);
        waiting.execution().stop(Execution.Stop.CANCELLED);
        assertThat(waiting.ended().outcome()).isEqualTo(Outcome.CANCELLED);
        long asked = System.nanoTime();
        run.execution().stop(Execution.Stop.CANCELLED);
        assertThat(run.ended().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(3));
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alive", "cli.js", "--remote-debugging-pipe"})
    void a_cancel_while_the_browser_starts_leaves_nothing_either(String part) throws IOException {
        AgentRun run = AgentRun.start(work, site.dialer(), HOME, LONG);
        await().pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(processes(work)).anyMatch(process -> is(process, part)));
        run.execution().stop(Execution.Stop.CANCELLED);
        assertThat(run.ended().outcome()).isEqualTo(Outcome.CANCELLED);
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--remote-debugging-pipe", "--type=renderer", "cli.js"})
    void a_browser_a_page_or_a_driver_that_dies_fails_the_task(String part) throws IOException {
        AgentRun run = started(AgentRun.executor(work, site.dialer(), new AgentRun.Kept(new HashMap<>())));
        processes(work).stream().filter(process -> is(process, part)).forEach(ProcessHandle::destroyForcibly);
        assertThat(run.failure()).isEqualTo("BROWSER_CRASHED");
        assertNothingLeft();
    }

    @Test
    void a_page_that_never_returns_from_a_script_is_ended_with_its_step() throws IOException {
        AgentRun run = AgentRun.start(
                work,
                site.dialer(),
                List.of(
                        AgentRun.step(1, HOME, null),
                        AgentRun.step(2, new PlanAction.Scroll(ScrollTarget.Edge.BOTTOM), 500L),
                        AgentRun.step(3, new PlanAction.Custom("data.extract-site", Map.of()), 500L)));
        assertThat(run.failure()).isEqualTo("STEP_TIMEOUT");
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_worker_that_dies_takes_its_browsers_along(boolean forcibly) throws Exception {
        AgentRun.browserOrSkip();
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Worker.class.getName(),
                        work.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("worker.log").toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(Files.readString(work.resolve("worker.log")))
                            .contains("STANDS"));
            assertThat(processes(work)).anyMatch(process -> is(process, "--type=renderer"));
            if (forcibly) {
                worker.destroyForcibly();
            } else {
                worker.destroy();
            }
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(processes(work)).isEmpty();
                try (Stream<Path> left = Files.list(work)) {
                    assertThat(left).containsExactly(work.resolve("worker.log"));
                }
            });
        } finally {
            worker.destroyForcibly();
        }
    }

    /** A worker of its own, to be killed. */
    static final class Worker {
        private Worker() {}

        public static void main(String[] arguments) throws Exception {
            try (Site site = new Site().page("/", "<title>Shop</title>")) {
                AgentRun run = AgentRun.start(Path.of(arguments[0]), site.dialer(), HOME, LONG);
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(run.logs()).anyMatch(log -> log.contains("Navigated")));
                System.out.println("STANDS");
                run.ended();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/chromium", "/bin/false"})
    void without_a_browser_that_starts_the_hint_names_the_package(String program) throws IOException {
        BrowserSetup setup = new BrowserSetup(Path.of(program), BrowserExecutor.besideTheJar(), work);
        AgentRun run =
                AgentRun.start(new BrowserExecutor(setup, site.dialer(), new AgentRun.Kept(new HashMap<>()), 1), HOME);
        assertThat(run.failure()).isEqualTo("BROWSER_UNAVAILABLE");
        assertThat(run.hint()).contains("apt-get install chromium");
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"plan\":{\"steps\":[{\"tool\":{\"kind\":{\"Fly\":{}}}}]}}",
                "[]",
                "{\"plan\":{\"steps\":[null]}}",
                "{\"plan\":{\"steps\":[{\"id\":\"step-1\",\"title\":\"\",\"validations\":[]}]}}",
                "{\"plan\":{\"steps\":[{\"id\":\"step-1\",\"title\":\"\",\"validations\":[],\"tool\":{\"wait\":\"none\"}}]}}"
            })
    void what_is_no_plan_fails_without_a_browser(String payload) throws IOException {
        BrowserSetup setup = new BrowserSetup(Path.of("/nowhere"), Path.of("/nowhere"), work);
        AgentRun run = AgentRun.start(
                new BrowserExecutor(setup, site.dialer(), new AgentRun.Kept(new HashMap<>()), 1),
                payload,
                new HashMap<>());
        assertThat(run.failure()).isEqualTo("PLAN_INVALID");
        assertNothingLeft();
    }
}
