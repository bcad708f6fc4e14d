package io.taskhub.worker.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Markdown whose code, addresses, images and tags are replaced by marks {@code ⟦0⟧}, {@code ⟦1⟧} …, so that a translation cannot change
 * them.
 *
 * @param kept what the marks stand for, by their numbers
 */
record Masked(String text, List<String> kept) {
    private static final Pattern KEPT = Pattern.compile(String.join(
            "|",
            "⟦[^⟧\\n]*⟧?", // what looks like a mark already
            "(?<!`)(`+)(?!`)[\\s\\S]+?(?<!`)\\1(?!`)", // code
            "!\\[[^\\]\\n]*\\](?:\\([^()\\s]*(?:\\([^()\\s]*\\)[^()\\s]*){0,4}(?:\\s+\"[^\"\\n]*\")?\\)|\\[[^\\]\\n]*\\])", // images
            "(?<=\\]\\()<?[^()\\s]+(?:\\([^()\\s]*\\)[^()\\s]*){0,4}", // where a link leads
            "(?<=\\])\\[[^\\]\\n]*\\]", // what a link refers to
            "(?m:^ {0,3}\\[[^\\]\\n]+\\]:[ \\t]*\\S+)", // what a reference leads to
            "</?[A-Za-z!][^<>\\n]*>", // tags and <addresses>
            "\\b(?:https?|ftp|mailto):[^\\s<>()\\[\\]\"'`⟦⟧]+(?:\\([^\\s<>()]*\\)){0,4}"));
    private static final Pattern MARK = Pattern.compile("⟦ ?(\\d{1,9}) ?⟧");

    Masked {
        kept = List.copyOf(kept);
    }

    static Masked of(String markdown) {
        List<String> kept = new ArrayList<>();
        String text = KEPT.matcher(markdown).replaceAll(found -> {
            kept.add(found.group());
            return "⟦" + (kept.size() - 1) + "⟧";
        });
        return new Masked(text, kept);
    }

    /** Puts back what was kept; empty when a mark is missing, doubled, or not one of ours. */
    Optional<String> restore(String answer) {
        Set<Integer> seen = new HashSet<>();
        StringBuilder restored = new StringBuilder(answer.length());
        Matcher marks = MARK.matcher(answer);
        while (marks.find()) {
            int number = Integer.parseInt(marks.group(1));
            if (number >= kept.size() || !seen.add(number)) {
                return Optional.empty();
            }
            marks.appendReplacement(restored, Matcher.quoteReplacement(kept.get(number)));
        }
        marks.appendTail(restored);
        return seen.size() == kept.size() ? Optional.of(restored.toString()) : Optional.empty();
    }
}
