package io.taskhub.task.agents;

import io.taskhub.contracts.Condition;
import io.taskhub.contracts.Locator;
import io.taskhub.contracts.Plan;
import io.taskhub.contracts.PlanAction;
import io.taskhub.contracts.ScrollTarget;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a plan from outside must keep to beyond its form: sizes, words, and where it may go. */
public final class PlanCheck {
    private static final Set<String> WAITS = Set.of(Plan.Tool.NONE, Plan.Tool.DOM_READY, Plan.Tool.IDLE);
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_TEXT = 4_000;
    private static final long LONGEST_MS = 120_000;

    private PlanCheck() {}

    /**
     * The plan itself.
     *
     * @throws IllegalArgumentException saying what is wrong, step and field named
     */
    public static Plan checked(Plan plan) {
        title("title", plan.title());
        text("description", plan.description());
        list("meta.rationale", plan.meta().rationale());
        list("meta.risk_assessment", plan.meta().risk_assessment());
        List<Plan.Step> steps = plan.steps();
        demand(!steps.isEmpty(), "steps must not be empty");
        demand(steps.size() <= Plan.MOST_STEPS, "there may be at most " + Plan.MOST_STEPS + " steps");
        steps.forEach(PlanCheck::step);
        return plan;
    }

    private static void step(Plan.Step step) {
        title(step.id() + ": title", step.title());
        text(step.id() + ": detail", step.detail());
        Plan.Tool tool = step.tool();
        demand(tool.kind() != null, step.id() + ": tool.kind is missing");
        demand(WAITS.contains(tool.waits_for()), step.id() + ": tool.wait must be none, dom_ready or idle");
        Long limit = tool.timeout_ms();
        demand(
                limit == null || (limit > 0 && limit <= LONGEST_MS),
                step.id() + ": tool.timeout_ms must be from 1 to " + LONGEST_MS);
        action(step.id(), tool.kind());
        for (Plan.Validation validation : step.validations()) {
            demand(
                    validation != null && validation.condition() != null,
                    step.id() + ": a validation needs a condition");
            text(step.id() + ": validation", Objects.requireNonNullElse(validation.description(), ""));
            condition(step.id(), validation.condition());
        }
    }

    private static void action(String id, PlanAction action) {
        switch (action) {
            case PlanAction.Navigate(var url) ->
                demand(Address.isValid(url), id + ": Navigate.url must be an http or https address with a host");
            case PlanAction.Click(var locator) -> locator(id, locator);
            case PlanAction.TypeText(var locator, var text, var submit) -> {
                locator(id, locator);
                text(id + ": text", text);
            }
            case PlanAction.Select(var locator, var value) -> {
                locator(id, locator);
                text(id + ": value", value);
            }
            case PlanAction.Scroll(var target) -> {
                if (target instanceof ScrollTarget.Element(var locator)) {
                    locator(id, locator);
                }
            }
            case PlanAction.Wait(var condition) -> condition(id, condition);
            case PlanAction.Custom(var name, var payload) -> title(id + ": Custom.name", name);
        }
    }

    private static void condition(String id, Condition condition) {
        switch (condition) {
            case Condition.ElementVisible(var locator) -> locator(id, locator);
            case Condition.ElementHidden(var locator) -> locator(id, locator);
            case Condition.UrlMatches(var text) -> title(id + ": UrlMatches", text);
            case Condition.TitleMatches(var text) -> title(id + ": TitleMatches", text);
            case Condition.NetworkIdle(var ms) -> time(id, ms);
            case Condition.Duration(var ms) -> time(id, ms);
        }
    }

    private static void locator(String id, Locator locator) {
        switch (locator) {
            case Locator.Css(var selector) -> filled(id + ": Css", selector);
            case Locator.Aria(var role, var name) -> {
                filled(id + ": Aria.role", role);
                filled(id + ": Aria.name", name);
            }
            case Locator.Text(var content, var exact) -> filled(id + ": Text.content", content);
        }
    }

    private static void time(String id, long ms) {
        demand(ms >= 0 && ms <= LONGEST_MS, id + ": a wait must be from 0 to " + LONGEST_MS + " ms");
    }

    private static void list(String field, List<String> texts) {
        demand(texts.size() <= Plan.MOST_STEPS * 2, field + " has too many entries");
        texts.forEach(entry -> text(field, Objects.requireNonNullElse(entry, "")));
    }

    private static void title(String field, String text) {
        demand(
                text != null && !text.isBlank() && text.length() <= LONGEST_TITLE,
                field + " must have 1 to 200 characters");
        text(field, text);
    }

    private static void filled(String field, String text) {
        demand(!text.isBlank(), field + " must not be empty");
        text(field, text);
    }

    /** Neither longer than anything of sense nor anything that no database can hold. */
    private static void text(String field, String text) {
        demand(text.length() <= LONGEST_TEXT, field + " is too long");
        demand(
                text.codePoints()
                        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)),
                field + " holds a character that is none");
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
