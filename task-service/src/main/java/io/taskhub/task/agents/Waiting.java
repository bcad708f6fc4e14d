package io.taskhub.task.agents;

import io.taskhub.contracts.Condition;
import io.taskhub.contracts.PlanAction;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** "wait 3 seconds", "wait for the results to appear", "等待加载完成". */
final class Waiting {
    static final long LONGEST_MS = 60_000;

    private static final long DEFAULT_MS = 1_000;
    private static final long QUIET_MS = 500;
    private static final Pattern TIME = Pattern.compile(
            "(?<n>\\d{1,9}(?:\\.\\d{1,3})?)\\s*(?<unit>milliseconds?|ms|毫秒|minutes?|mins?|分钟|分|seconds?|secs?|s\\b|秒钟?)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LOADED =
            Pattern.compile("(?i)\\bload(?:s|ed|ing)?\\b|\\bidle\\b|\\bready\\b|加载|载入|刷新");
    private static final Pattern HIDDEN =
            Pattern.compile("(?i)\\bdisappears?\\b|\\bgone\\b|\\bhidden\\b|\\bvanish(?:es)?\\b|消失|隐藏");
    private static final Pattern AROUND = Pattern.compile(
            "(?i)^(?:for|until|till)\\s+|\\s+(?:to\\s+)?(?:appears?|be\\s+visible|is\\s+visible|shows?(?:\\s+up)?|disappears?|is\\s+gone|be\\s+gone|be\\s+hidden|is\\s+hidden|vanish(?:es)?|open)$"
                    + "|^直到|(?:的)?(?:出现|显示|可见|消失|隐藏)(?:出来|为止|之后|以后|后|时)?$");

    private Waiting() {}

    static PlanAction read(String object) {
        return new PlanAction.Wait(condition(object));
    }

    private static Condition condition(String words) {
        Matcher time = TIME.matcher(words);
        boolean timed = time.find();
        if (timed && (time.group("unit") != null || time.start() == 0)) {
            return new Condition.Duration(ms(Double.parseDouble(time.group("n")), time.group("unit")));
        }
        String what = AROUND.matcher(words).replaceAll("").strip();
        if (LOADED.matcher(Quote.hide(words)).find()) {
            return new Condition.NetworkIdle(QUIET_MS);
        }
        if (what.isEmpty()) {
            return new Condition.Duration(DEFAULT_MS);
        }
        return HIDDEN.matcher(Quote.hide(words)).find()
                ? new Condition.ElementHidden(Target.element(what))
                : new Condition.ElementVisible(Target.element(what));
    }

    private static long ms(double count, @Nullable String unit) {
        String word = unit == null ? "s" : unit.toLowerCase(Locale.ROOT);
        double factor = word.startsWith("ms") || word.startsWith("milli") || word.equals("毫秒")
                ? 1
                : word.startsWith("min") || word.startsWith("分") ? 60_000 : 1_000;
        return (long) Math.clamp(count * factor, 1, LONGEST_MS);
    }
}
