package io.taskhub.worker.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.WaitUntilState;
import io.taskhub.contracts.Condition;
import io.taskhub.contracts.Plan;
import io.taskhub.contracts.PlanAction;
import io.taskhub.contracts.ScrollTarget;
import io.taskhub.worker.browser.Elements.Use;
import io.taskhub.worker.browser.proxy.CheckingProxy;
import io.taskhub.worker.browser.proxy.CheckingProxy.Trouble;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does what a step says and tells it. */
final class StepRunner {
    private static final int FIRST_ERROR_STATUS = 400;
    private static final int FORBIDDEN = 403;
    private static final String ERROR_PAGE = "chrome-error:";
    private static final long IDLE_MS = 5_000;

    /** A click's popup or navigation becomes known a moment after the click. */
    private static final double SETTLE_MS = 100;

    private final PageWatch watch;
    private final CheckingProxy proxy;
    private final Updates updates;
    private final Elements elements;
    private final Conditions conditions;
    private final Extraction extraction;

    StepRunner(PageWatch watch, CheckingProxy proxy, Updates updates, Extraction extraction) {
        this.watch = watch;
        this.proxy = proxy;
        this.updates = updates;
        this.extraction = extraction;
        this.elements = new Elements(watch);
        this.conditions = new Conditions(watch, elements);
    }

    /** @throws RunFailure when the plan cannot go on */
    void run(Plan.Step step, Timeline time) {
        switch (step.tool().kind()) {
            case PlanAction.Navigate navigate -> navigate(navigate.url(), time);
            case PlanAction.Click click -> {
                Locator element = show(step, "click", click.locator(), Use.CLICK, time);
                element.click(new Locator.ClickOptions().setTimeout(time.leftMs()));
                updates.log(Updates.INFO, "Clicked " + Words.of(click.locator()));
            }
            case PlanAction.TypeText type -> type(step, type, time);
            case PlanAction.Select select -> {
                Locator element = show(step, "select", select.locator(), Use.INPUT, time);
                element.selectOption(select.value(), new Locator.SelectOptionOptions().setTimeout(time.leftMs()));
                updates.log(Updates.INFO, "Selected \"" + select.value() + "\" in " + Words.of(select.locator()));
            }
            case PlanAction.Scroll scroll -> scroll(scroll.target(), time);
            case PlanAction.Wait wait -> await(step, wait.condition(), time);
            case PlanAction.Custom custom -> custom(custom);
        }
        settle(step.tool(), time);
        if (watch.page().url().startsWith(ERROR_PAGE)) {
            Optional<Trouble> trouble = watch.failedPage().flatMap(proxy::trouble);
            throw new RunFailure(
                    trouble.map(StepRunner::code).orElse(ErrorCode.NAVIGATION_FAILED),
                    step.id() + " led to a page that cannot be had"
                            + trouble.map(known -> ": " + known.reason()).orElse(""));
        }
    }

    /** Waits a while for what must hold after the step. */
    void validate(Plan.Step step, Timeline time) {
        for (Plan.Validation validation : step.validations()) {
            if (!conditions.await(validation.condition(), time)) {
                throw new RunFailure(
                        ErrorCode.VALIDATION_FAILED,
                        "%s: not so: %s (%s)"
                                .formatted(
                                        step.id(), validation.description(), Conditions.words(validation.condition())));
            }
            updates.log(Updates.DEBUG, "Holds: " + validation.description());
        }
    }

    private void navigate(String address, Timeline time) {
        String url = webAddress(address);
        watch.forgetFailedPage();
        @Nullable Response response;
        try {
            response = watch.page()
                    .navigate(
                            url,
                            new Page.NavigateOptions().setTimeout(time.leftMs()).setWaitUntil(WaitUntilState.COMMIT));
        } catch (TimeoutError e) {
            throw time.timeout("no answer from " + url);
        } catch (PlaywrightException e) {
            if (Words.sayGone(e)) {
                throw e;
            }
            throw unreachable(url, e);
        }
        if (response != null && response.status() >= FIRST_ERROR_STATUS) {
            answered(response);
        }
        updates.log(Updates.INFO, "Navigated to " + watch.page().url());
    }

    /** Only the web: no files, no pages of the browser itself, no text that pretends to be a page. */
    static String webAddress(String address) {
        String url = address.strip();
        String scheme = url.toLowerCase(Locale.ROOT);
        if (!scheme.startsWith("http://") && !scheme.startsWith("https://")) {
            throw new RunFailure(ErrorCode.ADDRESS_REFUSED, "not an address of the web: " + Updates.cut(url));
        }
        return url;
    }

    /** A redirect may have led to another address than the plan's. */
    private RunFailure unreachable(String url, PlaywrightException e) {
        Optional<Trouble> trouble = proxy.trouble(watch.failedPage().orElse(url));
        String reason = trouble.map(Trouble::reason).orElseGet(() -> Words.first(e));
        return new RunFailure(
                trouble.map(StepRunner::code).orElse(ErrorCode.NAVIGATION_FAILED), reason + " (" + url + ")", null, e);
    }

    private static ErrorCode code(Trouble trouble) {
        return trouble.refused() ? ErrorCode.ADDRESS_REFUSED : ErrorCode.NAVIGATION_FAILED;
    }

    /** Our own proxy's answers are failures, a site's are pages like any other. Inside of a tunnel every answer is a site's. */
    private void answered(Response response) {
        String own = response.headers().get(CheckingProxy.OWN_ANSWER);
        if (own != null && response.url().startsWith("http:")) {
            ErrorCode code = response.status() == FORBIDDEN ? ErrorCode.ADDRESS_REFUSED : ErrorCode.NAVIGATION_FAILED;
            throw new RunFailure(code, own);
        }
        updates.log(Updates.WARN, response.url() + " answered " + response.status());
    }

    private void type(Plan.Step step, PlanAction.TypeText type, Timeline time) {
        Locator element = show(step, "type", type.locator(), Use.INPUT, time);
        element.fill(type.text(), new Locator.FillOptions().setTimeout(time.leftMs()));
        updates.log(Updates.INFO, "Typed into " + Words.of(type.locator()));
        if (type.submit()) {
            element.press("Enter", new Locator.PressOptions().setTimeout(time.leftMs()));
            updates.log(Updates.INFO, "Pressed Enter");
        }
    }

    private void scroll(ScrollTarget target, Timeline time) {
        Page page = watch.page();
        switch (target) {
            case ScrollTarget.Edge edge -> {
                page.evaluate(
                        edge == ScrollTarget.Edge.TOP
                                ? "() => scrollTo({top: 0, behavior: 'instant'})"
                                : "() => scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})");
                updates.log(
                        Updates.INFO, edge == ScrollTarget.Edge.TOP ? "Scrolled to the top" : "Scrolled to the end");
            }
            case ScrollTarget.Pixels pixels -> {
                page.evaluate("down => scrollBy({top: down, behavior: 'instant'})", (double) pixels.down());
                updates.log(Updates.INFO, "Scrolled by " + pixels.down() + " pixels");
            }
            case ScrollTarget.Element element -> {
                elements.find(element.locator(), Use.LOOK, time)
                        .scrollIntoViewIfNeeded(new Locator.ScrollIntoViewIfNeededOptions().setTimeout(time.leftMs()));
                updates.log(Updates.INFO, "Scrolled to " + Words.of(element.locator()));
            }
        }
    }

    private void await(Plan.Step step, Condition condition, Timeline time) {
        if (condition instanceof Condition.ElementVisible visible) {
            show(step, "wait", visible.locator(), Use.LOOK, time);
        } else if (!conditions.await(condition, time)) {
            throw time.timeout("not so: " + Conditions.words(condition));
        }
        updates.log(Updates.INFO, "Waited until " + Conditions.words(condition));
    }

    private void custom(PlanAction.Custom custom) {
        String name = custom.name();
        if (name.equals("data.extract-site") || name.startsWith("data.parse.")) {
            updates.log(Updates.INFO, extraction.take(watch.page()));
        } else if (name.equals("agent.note")) {
            updates.log(Updates.INFO, "Note: " + note(custom.payload()));
        } else {
            updates.log(Updates.WARN, "Passed over: no tool of the name " + name);
        }
    }

    private static String note(Map<String, Object> payload) {
        for (String name : new String[] {"message", "text", "note"}) {
            if (payload.get(name) instanceof String text) {
                return text;
            }
        }
        return String.valueOf(payload);
    }

    /** Finds the element and tells where it is. */
    private Locator show(Plan.Step step, String action, io.taskhub.contracts.Locator wanted, Use use, Timeline time) {
        Locator element = elements.find(wanted, use, time);
        BoundingBox box = Conditions.box(element, time);
        if (box != null) {
            updates.overlay(step.id(), action, Words.of(wanted), box);
        }
        return element;
    }

    private void settle(Plan.Tool tool, Timeline time) {
        if (tool.kind() instanceof PlanAction.Click || tool.kind() instanceof PlanAction.TypeText) {
            watch.page().waitForTimeout(time.leftMs((long) SETTLE_MS));
        }
        if (tool.waits_for().equals(Plan.Tool.NONE)) {
            return;
        }
        LoadState state = tool.waits_for().equals(Plan.Tool.IDLE) ? LoadState.NETWORKIDLE : LoadState.DOMCONTENTLOADED;
        try {
            double most = state == LoadState.NETWORKIDLE ? time.leftMs(IDLE_MS) : time.leftMs();
            watch.page().waitForLoadState(state, new Page.WaitForLoadStateOptions().setTimeout(most));
        } catch (TimeoutError e) {
            if (state == LoadState.DOMCONTENTLOADED) {
                throw time.timeout("the page is not there");
            }
            updates.log(Updates.DEBUG, "The page goes on loading");
        }
    }
}
