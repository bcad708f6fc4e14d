package io.taskhub.worker.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.PlaywrightException;
import io.taskhub.contracts.AgentTask;
import io.taskhub.contracts.Plan;
import io.taskhub.worker.WorkerConfig;
import io.taskhub.worker.artifact.Artifacts;
import io.taskhub.worker.browser.proxy.Dialer;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Executor;
import io.taskhub.worker.executor.Payload;
import io.taskhub.worker.net.AddressRules;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code browser} (an {@link AgentTask}, decisions §6): runs its plan in a Chromium that was started for it and dies with it. More runs
 * than browsers wait for their turn; the ten minutes begin with the browser.
 */
@Singleton
public final class BrowserExecutor implements Executor {
    /** Tasks held at a time: those that have a browser, and a few that are next. */
    private static final int WAITING = 8;

    private static final Duration RUN = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader TASK = JSON.readerFor(AgentTask.class);

    private final BrowserSetup setup;
    private final Dialer dialer;
    private final Artifacts artifacts;
    private final Semaphore browsers;
    private final ScheduledThreadPoolExecutor clock;

    @Inject
    public BrowserExecutor(WorkerConfig config, AddressRules rules, Artifacts artifacts) {
        this(
                new BrowserSetup(
                        config.browser().executable().or(Programs::browser).orElse(Path.of("chromium")),
                        config.browser().driver().orElseGet(BrowserExecutor::besideTheJar),
                        config.workDir()
                                .orElseGet(
                                        () -> Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "taskhub-work"))),
                new Dialer(rules),
                artifacts,
                config.browser().concurrency());
    }

    BrowserExecutor(BrowserSetup setup, Dialer dialer, Artifacts artifacts, int concurrency) {
        this.setup = setup;
        this.dialer = dialer;
        this.artifacts = artifacts;
        this.browsers = new Semaphore(Math.max(1, concurrency), true);
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("browser-watchdog").factory());
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Where the build puts the driver: {@code playwright} beside the jar, or beside the directory of the classes. */
    static Path besideTheJar() {
        try {
            Path code = Path.of(BrowserExecutor.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return code.resolveSibling("playwright");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Set<String> types() {
        return Set.of(AgentTask.TYPE);
    }

    @Override
    public int ownPlaces() {
        return WAITING;
    }

    @Override
    public Ended execute(Execution run, Payload payload) throws Exception {
        Updates updates = new Updates(run, 0);
        try {
            AgentTask task = task(run.work().payload());
            updates = new Updates(run, task.plan().steps().size());
            setup.check();
            browsers.acquire();
            try {
                return Ended.success(JSON.writeValueAsString(run(run, task, updates)));
            } finally {
                browsers.release();
            }
        } catch (RunFailure e) {
            if (run.stopped() != null) {
                throw new InterruptedException();
            }
            updates.failure(e);
            return Ended.hopeless(Updates.cut(e.reason()));
        }
    }

    private static AgentTask task(String payload) {
        try {
            AgentTask task = TASK.readValue(payload);
            if (task.plan() == null
                    || task.plan().steps() == null
                    || task.plan().steps().size() > Plan.MOST_STEPS) {
                throw new RunFailure(ErrorCode.PLAN_INVALID, "a plan has at most " + Plan.MOST_STEPS + " steps");
            }
            if (!task.plan().steps().stream().allMatch(BrowserExecutor::complete)) {
                throw new RunFailure(
                        ErrorCode.PLAN_INVALID, "every step has an id, a title, a tool of a kind, and validations");
            }
            return task;
        } catch (JsonProcessingException e) {
            throw new RunFailure(ErrorCode.PLAN_INVALID, "not a plan: " + e.getOriginalMessage(), null, e);
        }
    }

    private static boolean complete(Plan.@Nullable Step step) {
        return step != null
                && step.id() != null
                && step.title() != null
                && step.validations() != null
                && step.tool() != null
                && step.tool().kind() != null
                && step.tool().waits_for() != null;
    }

    private Map<String, Object> run(Execution run, AgentTask task, Updates updates) throws InterruptedException {
        boolean headful = task.headful() && BrowserSetup.hasDisplay();
        if (task.headful() && !headful) {
            updates.log(Updates.INFO, "No display on this worker: the browser runs headless");
        }
        try (BrowserSession session = BrowserSession.in(setup.work())) {
            Future<?> end = clock.schedule(session::kill, RUN.toMillis(), TimeUnit.MILLISECONDS);
            try {
                BrowserContext context = session.launch(setup, dialer, headful, updates);
                PageWatch watch = new PageWatch(context, updates);
                Watchdog watchdog = new Watchdog(clock, session, RUN);
                return new PlanRun(run.work(), watch, session.proxy(), updates, artifacts, watchdog)
                        .run(List.copyOf(task.plan().steps()));
            } catch (PlaywrightException e) {
                if (run.stopped() != null) {
                    throw new InterruptedException();
                }
                throw new RunFailure(
                        session.killed() ? ErrorCode.STEP_TIMEOUT : ErrorCode.BROWSER_CRASHED,
                        session.killed() ? "not done within " + RUN.toMinutes() + " minutes" : "the browser went away",
                        null,
                        e);
            } finally {
                end.cancel(false);
            }
        } catch (IOException e) {
            throw new RunFailure(
                    ErrorCode.BROWSER_UNAVAILABLE, "the browser does not start: " + e.getMessage(), null, e);
        }
    }

    @PreDestroy
    public void close() {
        clock.shutdownNow();
    }
}
