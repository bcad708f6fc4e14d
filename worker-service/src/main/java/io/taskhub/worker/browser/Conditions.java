package io.taskhub.worker.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.BoundingBox;
import io.taskhub.contracts.Condition;
import org.jspecify.annotations.Nullable;

/** Waits for what a plan waits for, and looks whether what must hold does. */
final class Conditions {
    private static final long LOOK_MS = 100;

    private final PageWatch watch;
    private final Elements elements;

    Conditions(PageWatch watch, Elements elements) {
        this.watch = watch;
        this.elements = elements;
    }

    /** Waits until it holds; false when time is over first. */
    boolean await(Condition condition, Timeline time) {
        if (condition instanceof Condition.Duration(long ms)) {
            watch.page().waitForTimeout(time.leftMs(Math.max(1, ms)));
            return !time.over() || time.limitMs() >= ms;
        }
        while (!holds(condition)) {
            if (time.over()) {
                return false;
            }
            watch.page().waitForTimeout(LOOK_MS);
        }
        return true;
    }

    private boolean holds(Condition condition) {
        try {
            return switch (condition) {
                case Condition.ElementVisible visible -> elements.visible(visible.locator());
                case Condition.ElementHidden hidden -> !elements.visible(hidden.locator());
                case Condition.UrlMatches url -> watch.page().url().contains(url.text());
                case Condition.TitleMatches title -> watch.page().title().contains(title.text());
                case Condition.NetworkIdle idle -> watch.quietFor(idle.ms());
                case Condition.Duration ignored -> true;
            };
        } catch (PlaywrightException e) {
            if (Words.sayGone(e)) {
                throw e;
            }
            return false;
        }
    }

    /** Where the element is now, scrolled into view; null when it has no box. */
    static @Nullable BoundingBox box(Locator element, Timeline time) {
        element.scrollIntoViewIfNeeded(new Locator.ScrollIntoViewIfNeededOptions().setTimeout(time.leftMs()));
        return element.boundingBox(new Locator.BoundingBoxOptions().setTimeout(time.leftMs()));
    }

    static String words(Condition condition) {
        return switch (condition) {
            case Condition.ElementVisible visible -> Words.of(visible.locator()) + " is visible";
            case Condition.ElementHidden hidden -> Words.of(hidden.locator()) + " is hidden";
            case Condition.UrlMatches url -> "the address contains \"" + url.text() + "\"";
            case Condition.TitleMatches title -> "the title contains \"" + title.text() + "\"";
            case Condition.NetworkIdle idle -> "the network is idle for " + idle.ms() + " ms";
            case Condition.Duration duration -> duration.ms() + " ms passed";
        };
    }
}
