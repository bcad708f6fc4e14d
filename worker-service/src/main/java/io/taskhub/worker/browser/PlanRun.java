package io.taskhub.worker.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import io.taskhub.contracts.Condition;
import io.taskhub.contracts.Plan;
import io.taskhub.contracts.PlanAction;
import io.taskhub.worker.artifact.Artifacts;
import io.taskhub.worker.browser.proxy.CheckingProxy;
import io.taskhub.worker.executor.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan from its first step to its last, in a browser that stands. */
final class PlanRun {
    private static final Duration STEP = Duration.ofSeconds(15);
    private static final Duration AT_MOST = Duration.ofMinutes(5);
    private static final Duration END = Duration.ofSeconds(5);
    private static final Duration SCREENSHOT = Duration.ofSeconds(5);

    private final Work work;
    private final PageWatch watch;
    private final Updates updates;
    private final Artifacts artifacts;
    private final Watchdog watchdog;
    private final Extraction extraction = new Extraction();
    private final StepRunner runner;

    PlanRun(Work work, PageWatch watch, CheckingProxy proxy, Updates updates, Artifacts artifacts, Watchdog watchdog) {
        this.work = work;
        this.watch = watch;
        this.updates = updates;
        this.artifacts = artifacts;
        this.watchdog = watchdog;
        this.runner = new StepRunner(watch, proxy, updates, extraction);
    }

    /** @return the task's result: where it ended, and what was extracted */
    Map<String, Object> run(List<Plan.Step> steps) throws InterruptedException {
        for (int index = 0; index < steps.size(); index++) {
            Plan.Step step = steps.get(index);
            updates.status(index, step.title());
            if (step.requires_approval()) {
                updates.log(Updates.WARN, step.id() + " asks for approval; it runs without");
            }
            Timeline time = Timeline.of(step.id(), limit(step.tool()), watchdog.runEndNanos());
            watchdog.step(time, () -> run(step, time));
            if (leavesPicture(step.tool().kind())) {
                screenshot(index + 1);
            }
        }
        Timeline time = Timeline.of("the end", END, watchdog.runEndNanos());
        return watchdog.step(time, this::result);
    }

    private Map<String, Object> result() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("url", Updates.cut(watch.page().url()));
        result.put("title", Updates.cut(watch.page().title()));
        result.put("pages", extraction.pages());
        return result;
    }

    private void run(Plan.Step step, Timeline time) {
        try {
            runner.run(step, time);
            runner.validate(step, time);
        } catch (TimeoutError e) {
            throw new RunFailure(ErrorCode.STEP_TIMEOUT, step.id() + ": " + Words.first(e), null, e);
        } catch (PlaywrightException e) {
            if (Words.sayGone(e)) {
                throw e;
            }
            throw new RunFailure(ErrorCode.ELEMENT_NOT_FOUND, step.id() + ": " + Words.first(e), null, e);
        }
    }

    /** What the step says, else 15 s and what it is to wait anyway; never over five minutes. */
    private static Duration limit(Plan.Tool tool) {
        Long said = tool.timeout_ms();
        Duration limit = said != null && said > 0 ? Duration.ofMillis(said) : STEP;
        if (said == null && tool.kind() instanceof PlanAction.Wait(Condition.Duration(long ms))) {
            limit = limit.plusMillis(Math.clamp(ms, 0, AT_MOST.toMillis()));
        }
        return limit.compareTo(AT_MOST) > 0 ? AT_MOST : limit;
    }

    private static boolean leavesPicture(PlanAction action) {
        return switch (action) {
            case PlanAction.Navigate ignored -> true;
            case PlanAction.Click ignored -> true;
            case PlanAction.TypeText ignored -> true;
            case PlanAction.Select ignored -> true;
            case PlanAction.Scroll ignored -> false;
            case PlanAction.Wait ignored -> false;
            case PlanAction.Custom ignored -> false;
        };
    }

    /** A picture is worth having, and no reason to fail. */
    private void screenshot(int number) throws InterruptedException {
        Timeline time = Timeline.of("screenshot", SCREENSHOT, watchdog.runEndNanos());
        byte[] png;
        try {
            png = watchdog.step(
                    time, () -> watch.page().screenshot(new Page.ScreenshotOptions().setTimeout(time.leftMs())));
        } catch (PlaywrightException e) {
            if (Words.sayGone(e)) {
                throw e;
            }
            updates.log(Updates.WARN, "No screenshot: " + Words.first(e));
            return;
        }
        try {
            String path = "step-" + number + ".png";
            updates.artifact(artifacts.store(work, new Artifacts.Description(path, "screenshot", "image/png"), png));
        } catch (IOException e) {
            updates.log(Updates.WARN, "The screenshot was not stored: " + e.getMessage());
        }
    }
}
