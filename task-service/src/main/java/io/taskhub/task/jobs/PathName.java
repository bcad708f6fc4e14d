package io.taskhub.task.jobs;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * Names that can stand in a path on every file system and in every archive: no separator, no control or invisible character, nothing
 * that a shell, a URL or Windows gives a meaning, never {@code .} or {@code ..}, at most {@link #MAX_BYTES} bytes. A name that is
 * one already stays as it is.
 */
public final class PathName {
    /** Of UTF-8: file systems allow 255. */
    public static final int MAX_BYTES = 120;

    private static final String MARKDOWN = ".md";
    private static final String FORBIDDEN = "/\\:*?\"<>|#%;";
    private static final Set<String> RESERVED = Set.of(
            "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
            "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private PathName() {}

    /** @param ifNothingIsLeft the name of what has none */
    public static String of(String text, String ifNothingIsLeft) {
        return limited(text, MAX_BYTES, ifNothingIsLeft);
    }

    /** A document's name, ending in {@code .md}. */
    public static String document(String text, String ifNothingIsLeft) {
        String name = trimmed(text);
        boolean markdown = name.toLowerCase(Locale.ROOT).endsWith(MARKDOWN);
        String stem = markdown ? name.substring(0, name.length() - MARKDOWN.length()) : name;
        return limited(stem, MAX_BYTES - MARKDOWN.length(), ifNothingIsLeft) + MARKDOWN;
    }

    /** Letters, their marks and digits of any script, in lower case; whatever stands between them becomes one {@code -}. */
    public static String slug(String text) {
        StringBuilder out = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || (isMark(c) && !out.isEmpty())) {
                out.appendCodePoint(Character.toLowerCase(c));
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != '-') {
                out.append('-');
            }
        });
        return out.toString();
    }

    /** The name without its extension, as it names a document's folder of images and its archive. */
    public static String stem(String filename) {
        int dot = filename.lastIndexOf('.');
        return dot > 0 ? filename.substring(0, dot) : filename;
    }

    private static String limited(String text, int maxBytes, String ifNothingIsLeft) {
        StringBuilder out = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                out.append(' ');
            } else if (isAllowed(c)) {
                out.appendCodePoint(c);
            } else if (Character.getType(c) != Character.FORMAT) {
                out.append('-');
            }
        });
        String name = trimmed(cut(trimmed(out.toString()), maxBytes));
        if (name.isEmpty()) {
            return ifNothingIsLeft;
        }
        return isReserved(name) ? "_" + cut(name, maxBytes - 1) : name;
    }

    private static boolean isAllowed(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> FORBIDDEN.indexOf(c) < 0;
        };
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /** Windows drops dots and blanks at the end; a dot or dash at the beginning hides a file or makes it an option. */
    private static String trimmed(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && ".- ".indexOf(name.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && ".- ".indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        return name.substring(start, end);
    }

    private static boolean isReserved(String name) {
        int dot = name.indexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        return RESERVED.contains(stem.strip().toLowerCase(Locale.ROOT));
    }

    private static String cut(String name, int maxBytes) {
        String rest = name;
        while (rest.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            rest = rest.substring(0, rest.offsetByCodePoints(rest.length(), -1));
        }
        return rest;
    }
}
