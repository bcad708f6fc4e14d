package io.taskhub.task.agents;

import io.taskhub.contracts.PlanAction;
import io.taskhub.contracts.ScrollTarget;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "scroll to the bottom", "向下滚动 300 像素": how far, or to what. */
final class Scrolling {
    private static final int SCREEN = 600;
    private static final int FARTHEST = 100_000;
    private static final Pattern BOTTOM =
            Pattern.compile("\\b(?:bottom|end|footer)\\b|底|最下|末尾", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOP = Pattern.compile("\\btop\\b|\\bbeginning\\b|顶|最上|开头", Pattern.CASE_INSENSITIVE);
    private static final Pattern UP = Pattern.compile("\\bup(?:wards?)?\\b|向上|往上|上滚|上滑", Pattern.CASE_INSENSITIVE);
    private static final Pattern DISTANCE = Pattern.compile(
            "(?<n>\\d{1,6})\\s*(?<unit>px|pixels?|像素|pages?|screens?|times?|页|屏|次)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PIXELS = Pattern.compile("px|pixels?|像素", Pattern.CASE_INSENSITIVE);
    private static final Pattern TO = Pattern.compile(
            "(?:^|\\s)(?:to|until)\\s+(?<what>.+)$|(?:到|至)\\s*(?<thing>.+)$",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Scrolling() {}

    static PlanAction read(String words) {
        return new PlanAction.Scroll(target(words.strip()));
    }

    private static ScrollTarget target(String words) {
        Matcher to = TO.matcher(words);
        boolean named = to.find();
        if (BOTTOM.matcher(words).find()) {
            return ScrollTarget.Edge.BOTTOM;
        }
        if (TOP.matcher(words).find()) {
            return ScrollTarget.Edge.TOP;
        }
        int way = UP.matcher(words).find() ? -1 : 1;
        Matcher distance = DISTANCE.matcher(words);
        if (distance.find()) {
            int count = Integer.parseInt(distance.group("n"));
            String unit = distance.group("unit");
            boolean pixels = unit == null || PIXELS.matcher(unit).matches();
            return new ScrollTarget.Pixels((long) way * Math.min(FARTHEST, pixels ? count : (long) count * SCREEN));
        }
        if (named) {
            String what = to.group("what") != null ? to.group("what") : to.group("thing");
            return new ScrollTarget.Element(Target.element(what));
        }
        return new ScrollTarget.Pixels((long) way * SCREEN);
    }
}
