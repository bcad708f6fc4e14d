package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a step of a plan does, {@code tool.kind} of decisions §6: {@code {"Navigate":{"url":…}}} and the like. */
public sealed interface PlanAction {

    @JsonValue
    Map<String, Object> json();

    record Navigate(String url) implements PlanAction {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("Navigate", Tagged.object("url", url));
        }
    }

    record Click(Locator locator) implements PlanAction {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("Click", Tagged.object("locator", locator.json()));
        }
    }

    /** {@code submit}: Enter after the text. */
    record TypeText(Locator locator, String text, boolean submit) implements PlanAction {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("TypeText", Tagged.object("locator", locator.json(), "text", text, "submit", submit));
        }
    }

    /** An option by its value or label. */
    record Select(Locator locator, String value) implements PlanAction {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("Select", Tagged.object("locator", locator.json(), "value", value));
        }
    }

    record Scroll(ScrollTarget target) implements PlanAction {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("Scroll", Tagged.object("target", target.json()));
        }
    }

    record Wait(Condition condition) implements PlanAction {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("Wait", Tagged.object("condition", condition.json()));
        }
    }

    /** A tool by its name, such as {@code data.extract-site}; one that the worker does not know is logged and passed over. */
    record Custom(String name, Map<String, Object> payload) implements PlanAction {
        public Custom {
            payload = Map.copyOf(payload);
        }

        @Override
        public Map<String, Object> json() {
            return Tagged.json("Custom", Tagged.object("name", name, "payload", payload));
        }
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static PlanAction of(@Nullable Object json) {
        Tagged form = Tagged.of(json, "tool.kind");
        return switch (form.name()) {
            case "Navigate" -> new Navigate(form.text("url"));
            case "Click" -> new Click(Locator.of(form.field("locator")));
            case "TypeText" -> new TypeText(Locator.of(form.field("locator")), form.text("text"), form.flag("submit"));
            case "Select" -> new Select(Locator.of(form.field("locator")), form.text("value"));
            case "Scroll" -> new Scroll(ScrollTarget.of(form.field("target")));
            case "Wait" -> new Wait(Condition.of(form.field("condition")));
            case "Custom" -> new Custom(form.text("name"), payload(form.field("payload")));
            default -> throw form.unknown("tool.kind");
        };
    }

    private static Map<String, Object> payload(@Nullable Object json) {
        Map<String, Object> payload = new LinkedHashMap<>();
        if (json instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value != null) {
                    payload.put(String.valueOf(key), value);
                }
            });
        }
        return payload;
    }
}
