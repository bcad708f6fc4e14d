package io.taskhub.worker.browser;

import com.microsoft.playwright.PlaywrightException;
import io.taskhub.contracts.Locator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How things are called in front of people. */
final class Words {
    private static final Pattern MESSAGE = Pattern.compile("message='([^\\n]*)");
    private static final int LONGEST = 300;

    /** What Playwright says when browser, page or driver went away under a call. */
    private static final List<String> GONE = List.of(
            "has been closed",
            "crashed",
            "Failed to read message",
            "Playwright connection closed",
            "Failed to send message",
            "Connection closed");

    private Words() {}

    static String of(Locator locator) {
        return switch (locator) {
            case Locator.Css css -> css.selector();
            case Locator.Aria aria -> aria.name().isBlank() ? aria.role() : aria.role() + " \"" + aria.name() + "\"";
            case Locator.Text text -> "\"" + text.content() + "\"";
        };
    }

    /** The first line of what Playwright says, without its envelope. */
    static String first(PlaywrightException e) {
        String message = String.valueOf(e.getMessage());
        Matcher envelope = MESSAGE.matcher(message);
        String line = (envelope.find() ? envelope.group(1) : message).split("\n", 2)[0].strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
    }

    static boolean sayGone(PlaywrightException e) {
        String message = first(e);
        return GONE.stream().anyMatch(message::contains);
    }
}
