package io.taskhub.task.agents;

import java.util.regex.Pattern;

/** Texts of a size that people read. */
final class Words {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    private Words() {}

    /** On one line, at most so many characters, never half of one. */
    static String shortened(String text, int most) {
        String line = BLANKS.matcher(text).replaceAll(" ").strip();
        return line.codePointCount(0, line.length()) <= most
                ? line
                : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** The beginning of it, at most so many characters. */
    static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }

    static boolean areChinese(String text) {
        return CHINESE.matcher(text).find();
    }
}
