package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** Where a plan scrolls to: {@code "Top"}, {@code "Bottom"}, {@code {"Pixels":600}} (down, from here), {@code {"Element":<locator>}}. */
public sealed interface ScrollTarget {

    @JsonValue
    Object json();

    enum Edge implements ScrollTarget {
        TOP("Top"),
        BOTTOM("Bottom");

        private final String word;

        Edge(String word) {
            this.word = word;
        }

        @Override
        public Object json() {
            return word;
        }
    }

    record Pixels(long down) implements ScrollTarget {
        @Override
        public Object json() {
            return Tagged.json("Pixels", down);
        }
    }

    record Element(Locator locator) implements ScrollTarget {
        @Override
        public Object json() {
            return Tagged.json("Element", locator.json());
        }
    }

    /** @throws IllegalArgumentException when it is none of these forms */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ScrollTarget of(@Nullable Object json) {
        Tagged form = Tagged.of(json, "scroll target");
        return switch (form.name()) {
            case "Top" -> Edge.TOP;
            case "Bottom" -> Edge.BOTTOM;
            case "Pixels" -> new Pixels(form.number());
            case "Element", "Selector" -> new Element(Locator.of(form.value()));
            default -> throw form.unknown("scroll target");
        };
    }
}
