package io.taskhub.task.agents;

import io.taskhub.contracts.Condition;
import io.taskhub.contracts.Locator;
import io.taskhub.contracts.Plan;
import io.taskhub.contracts.PlanAction;
import io.taskhub.contracts.ScrollTarget;
import java.util.List;
import java.util.Map;

/** Writes an action down as a step: its words, what to wait for afterwards, how long it may take, what must then hold. */
final class StepWriter {
    private static final long NAVIGATION_MS = 20_000;
    private static final long ACTION_MS = 10_000;

    private final boolean chinese;

    StepWriter(boolean chinese) {
        this.chinese = chinese;
    }

    Plan.Step step(int number, PlanAction action) {
        return new Plan.Step(
                "step-" + number,
                Words.shortened(title(action), 80),
                detail(action),
                new Plan.Tool(action, waitsFor(action), timeoutMs(action)),
                validations(action),
                false,
                Map.of());
    }

    private String title(PlanAction action) {
        return switch (action) {
            case PlanAction.Navigate(var url) -> say("Open ", "打开 ") + url.replaceFirst("^https?://", "");
            case PlanAction.Click(var locator) -> say("Click ", "点击 ") + words(locator);
            case PlanAction.TypeText(var locator, var text, var submit) ->
                say(submit ? "Type and submit “" : "Type “", submit ? "输入并提交“" : "输入“") + text + "”";
            case PlanAction.Select(var locator, var value) -> say("Select “", "选择“") + value + "”";
            case PlanAction.Scroll(var target) -> say("Scroll ", "滚动") + words(target);
            case PlanAction.Wait(var condition) -> say("Wait ", "等待") + words(condition);
            case PlanAction.Custom(var name, var payload) -> say("Run ", "执行 ") + name;
        };
    }

    private String detail(PlanAction action) {
        return switch (action) {
            case PlanAction.Navigate(var url) -> url;
            case PlanAction.Click(var locator) -> words(locator);
            case PlanAction.TypeText(var locator, var text, var submit) -> say("into ", "目标：") + words(locator);
            case PlanAction.Select(var locator, var value) -> say("of ", "目标：") + words(locator);
            case PlanAction.Scroll(var target) -> words(target);
            case PlanAction.Wait(var condition) -> words(condition);
            case PlanAction.Custom(var name, var payload) -> say("what the page says, as text", "页面内容（文本）");
        };
    }

    private static String waitsFor(PlanAction action) {
        return switch (action) {
            case PlanAction.Navigate n -> Plan.Tool.DOM_READY;
            case PlanAction.Click c -> Plan.Tool.DOM_READY;
            case PlanAction.TypeText(var l, var t, var submit) -> submit ? Plan.Tool.IDLE : Plan.Tool.NONE;
            case PlanAction.Select s -> Plan.Tool.NONE;
            case PlanAction.Scroll s -> Plan.Tool.NONE;
            case PlanAction.Wait w -> Plan.Tool.NONE;
            case PlanAction.Custom c -> Plan.Tool.NONE;
        };
    }

    private static long timeoutMs(PlanAction action) {
        return switch (action) {
            case PlanAction.Navigate n -> NAVIGATION_MS;
            case PlanAction.Wait(Condition.Duration(var ms)) -> ms + ACTION_MS;
            case PlanAction.Wait w -> NAVIGATION_MS;
            default -> ACTION_MS;
        };
    }

    /** Only where it is certain: a known site stays under its own name, any other may send its visitors elsewhere. */
    private List<Plan.Validation> validations(PlanAction action) {
        if (action instanceof PlanAction.Navigate(var url)) {
            return Site.of(url)
                    .map(Site::mark)
                    .map(mark -> List.of(new Plan.Validation(
                            say("the address contains ", "地址包含 ") + mark, new Condition.UrlMatches(mark))))
                    .orElse(List.of());
        }
        return List.of();
    }

    private String words(Locator locator) {
        return switch (locator) {
            case Locator.Css(var selector) -> Words.shortened(selector, 60);
            case Locator.Aria(var role, var name) -> "“" + name + "” (" + role + ")";
            case Locator.Text(var content, var exact) -> "“" + content + "”";
        };
    }

    private String words(ScrollTarget target) {
        return switch (target) {
            case ScrollTarget.Edge.BOTTOM -> say("to the bottom", "到底部");
            case ScrollTarget.Edge.TOP -> say("to the top", "到顶部");
            case ScrollTarget.Pixels(var down) -> say(down + " pixels", " " + down + " 像素");
            case ScrollTarget.Element(var locator) -> say("to ", "到 ") + words(locator);
        };
    }

    private String words(Condition condition) {
        return switch (condition) {
            case Condition.Duration(var ms) -> say(ms + " ms", " " + ms + " 毫秒");
            case Condition.NetworkIdle(var ms) -> say("until the page is idle", "页面加载完成");
            case Condition.ElementVisible(var locator) -> say("for ", " ") + words(locator);
            case Condition.ElementHidden(var locator) -> say("until it is gone: ", "消失：") + words(locator);
            case Condition.UrlMatches(var text) -> say("for the address ", "地址 ") + text;
            case Condition.TitleMatches(var text) -> say("for the title ", "标题 ") + text;
        };
    }

    private String say(String english, String inChinese) {
        return chinese ? inChinese : english;
    }
}
