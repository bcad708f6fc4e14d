package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a plan finds an element: {@code {"Css":…}}, {@code {"Aria":{role,name}}}, {@code {"Text":{content,exact}}} (decisions §6). */
public sealed interface Locator {

    @JsonValue
    Map<String, Object> json();

    /** A CSS selector. */
    record Css(String selector) implements Locator {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("Css", selector);
        }
    }

    /** An accessible role and name. */
    record Aria(String role, String name) implements Locator {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("Aria", Tagged.object("role", role, "name", name));
        }
    }

    /** What it says; {@code exact} = the whole of it, in this case. */
    record Text(String content, boolean exact) implements Locator {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("Text", Tagged.object("content", content, "exact", exact));
        }
    }

    /** @throws IllegalArgumentException when it is none of these forms */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Locator of(@Nullable Object json) {
        Tagged form = Tagged.of(json, "locator");
        return switch (form.name()) {
            case "Css" -> new Css(form.text());
            case "Aria" -> new Aria(form.text("role"), form.text("name"));
            case "Text" -> new Text(form.text("content"), form.flag("exact"));
            default -> throw form.unknown("locator");
        };
    }
}
