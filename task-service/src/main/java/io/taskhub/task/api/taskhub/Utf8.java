package io.taskhub.task.api.taskhub;

/** Cuts text by its size on the wire. */
final class Utf8 {
    private static final int MAX_BYTES_PER_CHAR = 3;

    private Utf8() {}

    /** The longest start of {@code text} that takes at most {@code maxBytes} bytes of UTF-8. */
    static String cut(String text, int maxBytes) {
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
