package io.taskhub.worker.document;

import java.util.regex.Pattern;

/** Keeps text from being read as Markdown. */
final class Escapes {
    private static final Pattern SPECIAL =
            Pattern.compile("[\\\\`*\\[\\]<]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])|~(?=~)|&(?=#?\\w+;)");
    private static final Pattern LINE_START =
            Pattern.compile("(?m)^(?=#{1,6}(?:\\s|$)|[-+](?:\\s|$)|>|=+\\s*$|(?! )[|: ]*+-[|: -]*+$|~~~)");
    private static final Pattern NUMBERED = Pattern.compile("(?m)^(\\d{1,9})([.)])(?=\\s|$)");
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private Escapes() {}

    /** Characters that mean something anywhere in a line. */
    static String inline(String text) {
        return SPECIAL.matcher(text).replaceAll("\\\\$0");
    }

    /** What would begin another block, at the start of each line of a paragraph. */
    static String paragraph(String text) {
        return NUMBERED.matcher(LINE_START.matcher(text).replaceAll("\\\\")).replaceAll("$1\\\\$2");
    }

    /** An address inside the round brackets of a link. */
    static String address(String url) {
        return url.replace(" ", "%20")
                .replace("(", "%28")
                .replace(")", "%29")
                .replace("<", "%3C")
                .replace(">", "%3E")
                .replace("\n", "");
    }

    static String codeSpan(String code) {
        String text = code.strip().replaceAll("\\s+", " ");
        if (text.isEmpty()) {
            return "";
        }
        String fence = "`".repeat(longestRun(text) + 1);
        String pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
        return fence + pad + text + pad + fence;
    }

    private static int longestRun(String text) {
        return BACKTICKS
                .matcher(text)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
    }
}
