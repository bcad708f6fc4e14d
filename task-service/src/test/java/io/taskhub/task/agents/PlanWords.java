package io.taskhub.task.agents;

import io.taskhub.contracts.Condition;
import io.taskhub.contracts.Locator;
import io.taskhub.contracts.Plan;
import io.taskhub.contracts.PlanAction;
import io.taskhub.contracts.ScrollTarget;
import java.util.stream.Collectors;

/** Plans on one line, for tables of tests: {@code go https://… | type #q cats ⏎ | click button:Login}. */
final class PlanWords {
    private PlanWords() {}

    static String of(Plan plan) {
        return plan.steps().stream().map(step -> of(step.tool().kind())).collect(Collectors.joining(" | "));
    }

    private static String of(PlanAction action) {
        return switch (action) {
            case PlanAction.Navigate(var url) -> "go " + url;
            case PlanAction.Click(var locator) -> "click " + of(locator);
            case PlanAction.TypeText(var locator, var text, var submit) ->
                "type " + of(locator) + " " + text + (submit ? " ⏎" : "");
            case PlanAction.Select(var locator, var value) -> "select " + of(locator) + " " + value;
            case PlanAction.Scroll(var target) -> "scroll " + of(target);
            case PlanAction.Wait(var condition) -> "wait " + of(condition);
            case PlanAction.Custom(var name, var payload) -> "run " + name;
        };
    }

    private static String of(Locator locator) {
        if (locator.equals(Target.ANY_FIELD)) {
            return "<field>";
        }
        if (locator.equals(Target.SEARCH_BOX)) {
            return "<search>";
        }
        return switch (locator) {
            case Locator.Css(var selector) -> selector;
            case Locator.Aria(var role, var name) -> role + ":" + name;
            case Locator.Text(var content, var exact) -> "text:" + content;
        };
    }

    private static String of(ScrollTarget target) {
        return switch (target) {
            case ScrollTarget.Edge.BOTTOM -> "bottom";
            case ScrollTarget.Edge.TOP -> "top";
            case ScrollTarget.Pixels(var down) -> Long.toString(down);
            case ScrollTarget.Element(var locator) -> of(locator);
        };
    }

    private static String of(Condition condition) {
        return switch (condition) {
            case Condition.Duration(var ms) -> ms + "ms";
            case Condition.NetworkIdle(var ms) -> "idle";
            case Condition.ElementVisible(var locator) -> of(locator);
            case Condition.ElementHidden(var locator) -> "no " + of(locator);
            case Condition.UrlMatches(var text) -> "url " + text;
            case Condition.TitleMatches(var text) -> "title " + text;
        };
    }
}
