package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a plan waits for or checks, for example {@code {"ElementVisible":{"Css":"#results"}}}. Texts match as substrings. */
public sealed interface Condition {

    @JsonValue
    Map<String, Object> json();

    record ElementVisible(Locator locator) implements Condition {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("ElementVisible", locator.json());
        }
    }

    record ElementHidden(Locator locator) implements Condition {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("ElementHidden", locator.json());
        }
    }

    record UrlMatches(String text) implements Condition {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("UrlMatches", text);
        }
    }

    record TitleMatches(String text) implements Condition {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("TitleMatches", text);
        }
    }

    /** Nothing was requested for so many milliseconds. */
    record NetworkIdle(long ms) implements Condition {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("NetworkIdle", ms);
        }
    }

    /** So many milliseconds went by. */
    record Duration(long ms) implements Condition {
        @Override
        public Map<String, Object> json() {
            return Tagged.json("Duration", ms);
        }
    }

    /** @throws IllegalArgumentException when it is none of these forms */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Condition of(@Nullable Object json) {
        Tagged form = Tagged.of(json, "condition");
        return switch (form.name()) {
            case "ElementVisible" -> new ElementVisible(Locator.of(form.value()));
            case "ElementHidden" -> new ElementHidden(Locator.of(form.value()));
            case "UrlMatches" -> new UrlMatches(form.text());
            case "TitleMatches" -> new TitleMatches(form.text());
            case "NetworkIdle" -> new NetworkIdle(form.number());
            case "Duration" -> new Duration(form.number());
            default -> throw form.unknown("condition");
        };
    }
}
