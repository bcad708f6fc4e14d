package io.taskhub.worker.executor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One output stream of a run: bytes in, whole lines out as they come, the first mebibyte kept. Invalid UTF-8 and NUL (which
 * PostgreSQL's text cannot hold) become U+FFFD. A line longer than 64 KiB is split, never inside a character.
 */
public final class Captured {
    /** Decisions §1: output kept, in bytes of UTF-8. */
    public static final int KEPT_BYTES = 1 << 20;

    /** Decisions §1: a log line, in bytes. */
    public static final int LINE_BYTES = 64 << 10;

    private static final int INITIAL = 256;
    private static final char REPLACEMENT = '\uFFFD';

    private final Consumer<String> lines;
    private final OutputBudget budget;
    private long budgeted;
    private byte @Nullable [] line;
    private int length;
    private @Nullable StringBuilder kept;
    private String text = "";
    private int keptBytes;
    private boolean cut;
    private boolean finished;

    Captured(Consumer<String> lines, OutputBudget budget) {
        this.lines = lines;
        this.budget = budget;
    }

    public void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }

    /** Bytes as they come from a process. Ignored after the end: a left-over process may still be writing. */
    public synchronized void write(byte[] bytes, int offset, int count) {
        if (finished) {
            return;
        }
        for (int i = offset; i < offset + count; i++) {
            byte b = bytes[i];
            if (b == '\n') {
                emit(length, true);
            } else {
                append(b);
                if (length == LINE_BYTES) {
                    emit(wholeCharacters(), false);
                }
            }
        }
    }

    /** Says that there was more than was written, for a reader that stopped early. */
    synchronized void markCut() {
        cut = true;
    }

    synchronized void finish() {
        if (!finished) {
            if (length > 0) {
                emit(length, false);
            }
            finished = true;
            line = null;
            text = kept == null ? "" : kept.toString();
            kept = null;
        }
    }

    /** Nobody needs the text any more: its room in the budget is free again. */
    synchronized void release() {
        budget.giveBack(budgeted);
        budgeted = 0;
    }

    public synchronized String text() {
        return kept == null ? text : kept.toString();
    }

    public synchronized boolean cut() {
        return cut;
    }

    private void append(byte b) {
        byte[] buffer = line;
        if (buffer == null) {
            buffer = new byte[INITIAL];
        } else if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(LINE_BYTES, buffer.length * 4));
        }
        buffer[length++] = b;
        line = buffer;
    }

    private void emit(int count, boolean newline) {
        byte[] buffer = line == null ? new byte[0] : line;
        String text = new String(buffer, 0, count, StandardCharsets.UTF_8).replace('\0', REPLACEMENT);
        keep(newline ? text + "\n" : text);
        System.arraycopy(buffer, count, buffer, 0, length - count);
        length -= count;
        lines.accept(newline && text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    /** How much of a full buffer can go without tearing its last character apart. */
    private int wholeCharacters() {
        byte[] buffer = line == null ? new byte[0] : line;
        int start = length - 1;
        while (start > length - 4 && (buffer[start] & 0xC0) == 0x80) {
            start--;
        }
        int first = buffer[start] & 0xFF;
        int size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
        return start + size > length ? start : length;
    }

    private void keep(String piece) {
        if (keptBytes >= KEPT_BYTES) {
            cut |= !piece.isEmpty();
            return;
        }
        if (!budget.take(piece.length())) {
            cut = true;
            keptBytes = KEPT_BYTES;
            return;
        }
        budgeted += piece.length();
        StringBuilder builder = kept;
        if (builder == null) {
            builder = new StringBuilder();
            kept = builder;
        }
        for (int i = 0; i < piece.length(); ) {
            int point = piece.codePointAt(i);
            int size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (keptBytes + size > KEPT_BYTES) {
                cut = true;
                keptBytes = KEPT_BYTES;
                return;
            }
            builder.appendCodePoint(point);
            keptBytes += size;
            i += Character.charCount(point);
        }
    }
}
