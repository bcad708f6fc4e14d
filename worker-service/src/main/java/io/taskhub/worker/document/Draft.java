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

    /** The document with the addresses of its images. */
    String illustrated(IntFunction<String> address) {
        return Pattern.compile(Pattern.quote(mark) + "(\\d+)")
                .matcher(markdown)
                .replaceAll(match -> Matcher.quoteReplacement(address.apply(Integer.parseInt(match.group(1)))));
    }
}
