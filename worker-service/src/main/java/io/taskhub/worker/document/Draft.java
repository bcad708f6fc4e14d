package io.taskhub.worker.document;

import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page as Markdown, with a mark where the address of each image goes.
 *
 * @param mark what precedes an image's number in {@code markdown}: random, so that no page can write it
 */
record Draft(String title, String markdown, String mark, List<Image> images) {
    private static final int LONGEST_TITLE = 500;

    /** As much of a text as a title may have. */
    static String title(String text) {
        String title = text.strip();
        if (title.length() <= LONGEST_TITLE) {
            return title;
        }
        boolean splits = Character.isHighSurrogate(title.charAt(LONGEST_TITLE - 1));
        return title.substring(0, splits ? LONGEST_TITLE - 1 : LONGEST_TITLE).strip();
    }

    /** The document with the addresses of its images. */
    String illustrated(IntFunction<String> address) {
        return Pattern.compile(Pattern.quote(mark) + "(\\d+)")
                .matcher(markdown)
                .replaceAll(match -> Matcher.quoteReplacement(address.apply(Integer.parseInt(match.group(1)))));
    }
}
