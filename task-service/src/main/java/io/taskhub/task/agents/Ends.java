package io.taskhub.task.agents;

import java.util.List;

/**
 * What only joins a text to its neighbours. Read character by character: a pattern would try a run of separators from each of its places
 * anew.
 */
final class Ends {
    private static final String SEPARATORS = ",;!?:，。；、！？：&";
    private static final List<String> ENGLISH = List.of("and", "then", "please", "to");
    private static final List<String> CHINESE = List.of("并且", "然后", "接着", "随后", "之后", "最后", "并", "再", "请");

    private Ends() {}

    /** Without separators at both ends and connecting words at the end of it; a full stop that a word begins with stays. */
    static String trim(String text) {
        int end = text.length();
        for (int length = joining(text, end); length > 0; length = joining(text, end)) {
            end -= length;
        }
        int start = 0;
        while (start < end && (separates(text.charAt(start)) || isFullStop(text, start, end))) {
            start++;
        }
        return text.substring(start, end);
    }

    /** How long what joins is that ends at {@code end}; 0 = nothing does. */
    private static int joining(String text, int end) {
        if (end == 0) {
            return 0;
        }
        char last = text.charAt(end - 1);
        if (last == '.' || separates(last)) {
            return 1;
        }
        for (String word : CHINESE) {
            if (text.startsWith(word, end - word.length())) {
                return word.length();
            }
        }
        for (String word : ENGLISH) {
            int start = end - word.length();
            if (text.regionMatches(true, start, word, 0, word.length())
                    && (start == 0 || !Character.isLetterOrDigit(text.codePointBefore(start)))) {
                return word.length();
            }
        }
        return 0;
    }

    private static boolean isFullStop(String text, int at, int end) {
        return text.charAt(at) == '.' && (at + 1 == end || Character.isWhitespace(text.charAt(at + 1)));
    }

    private static boolean separates(char c) {
        return Character.isWhitespace(c) || SEPARATORS.indexOf(c) >= 0;
    }
}
