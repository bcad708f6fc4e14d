package io.taskhub.task.api;

/** Cuts text by its size on the wire, as lists and broadcasts show output. */
public final class Utf8 {
    /** How much of a task's output an item of a list shows: a page of full ones could be a gigabyte. The task itself has all. */
    public static final int LISTED_OUTPUT_BYTES = 4_096;

    private static final int MAX_BYTES_PER_CHAR = 3;

    private Utf8() {}

    /** The longest start of {@code text} that takes at most {@code maxBytes} bytes of UTF-8. */
    public static String cut(String text, int maxBytes) {
        if (text.length() <= maxBytes / MAX_BYTES_PER_CHAR) {
            return text;
        }
        int bytes = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                return text.substring(0, i);
            }
            i += Character.charCount(c);
        }
        return text;
    }
}
