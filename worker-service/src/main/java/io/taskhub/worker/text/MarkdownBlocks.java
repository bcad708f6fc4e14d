package io.taskhub.worker.text;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Walks through a Markdown document line by line and tells its blocks. It knows what CommonMark calls fenced code and HTML blocks, front
 * matter, and that a list goes on behind a blank line; every other run of lines is a block of its own.
 */
final class MarkdownBlocks {
    private static final Pattern FENCE =
            Pattern.compile("(?:[ \\t]++|[-*+][ \\t]++|>|\\d{1,9}[.)][ \\t]++){0,12}(`{3,}(?!.*`)|~{3,}).*");
    private static final Pattern ITEM = Pattern.compile("[ \\t]*(?:[-*+]|\\d{1,9}[.)])(?:[ \\t].*|)");
    private static final Pattern INDENTED = Pattern.compile("(?: {2}|\\t).*");
    private static final Pattern RAW_HTML = Pattern.compile(
            " {0,3}<(?:(!--)|\\?|![A-Za-z]|(pre|script|style|textarea)(?=[\\s>]|$)).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern HTML = Pattern.compile(
            " {0,3}</?(?:address|article|aside|base|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset"
                    + "|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem"
                    + "|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)"
                    + "(?:[\\s>].*|/>.*|)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG_ALONE = Pattern.compile(" {0,3}</?[A-Za-z][A-Za-z0-9-]*(?:\\s[^<>]*)?/?>\\s*");

    private final String markdown;
    private int at;

    MarkdownBlocks(String markdown) {
        this.markdown = markdown;
    }

    /** Joined, the blocks are the document. */
    void forEach(Consumer<Piece> blocks) {
        int begun = frontMatter();
        if (begun > 0) {
            blocks.accept(new Piece(markdown.substring(0, begun), true));
            at = begun;
        }
        while (at < markdown.length()) {
            int start = at;
            boolean verbatim = verbatim();
            if (!verbatim) {
                prose();
            }
            blocks.accept(new Piece(markdown.substring(start, at), verbatim));
        }
    }

    /** Where the front matter ends, 0 when there is none. */
    private int frontMatter() {
        if (!line(0).stripTrailing().equals("---")) {
            return 0;
        }
        for (int next = after(0); next < markdown.length(); next = after(next)) {
            String line = line(next).stripTrailing();
            if (line.equals("---") || line.equals("...")) {
                return after(next);
            }
        }
        return 0;
    }

    /** Passes a block of code or HTML that begins here, and what is blank behind it. */
    private boolean verbatim() {
        String line = line(at);
        Matcher fence = FENCE.matcher(line);
        Matcher raw = RAW_HTML.matcher(line);
        if (fence.matches()) {
            passFence(fence.group(1));
        } else if (raw.matches()) {
            passRaw(raw);
        } else if (HTML.matcher(line).matches() || TAG_ALONE.matcher(line).matches()) {
            while (at < markdown.length() && !line(at).isBlank()) {
                at = after(at);
            }
        } else {
            return false;
        }
        passBlank();
        return true;
    }

    private void passFence(String mark) {
        String close = mark.substring(0, 1).repeat(mark.length());
        do {
            at = after(at);
        } while (at < markdown.length() && !closes(line(at), close));
        at = after(at);
    }

    private static boolean closes(String line, String mark) {
        String bare = line.strip();
        while (bare.startsWith(">")) {
            bare = bare.substring(1).strip();
        }
        return bare.startsWith(mark) && bare.chars().allMatch(c -> c == mark.charAt(0));
    }

    private void passRaw(Matcher raw) {
        String end = ">";
        if (raw.group(1) != null) {
            end = "-->";
        } else if (raw.group(2) != null) {
            end = "</" + raw.group(2).toLowerCase(Locale.ROOT) + ">";
        }
        while (at < markdown.length() && !line(at).toLowerCase(Locale.ROOT).contains(end)) {
            at = after(at);
        }
        at = after(at);
    }

    /** Passes lines up to a blank one, or up to code; of a list, everything that belongs to it. */
    private void prose() {
        boolean list = false;
        while (at < markdown.length()) {
            list |= ITEM.matcher(line(at)).matches();
            at = after(at);
            boolean blank = passBlank();
            if (at == markdown.length() || FENCE.matcher(line(at)).matches()) {
                return;
            }
            String next = line(at);
            boolean goesOn =
                    ITEM.matcher(next).matches() || INDENTED.matcher(next).matches();
            if (blank && !(list && goesOn)) {
                return;
            }
        }
    }

    private boolean passBlank() {
        int before = at;
        while (at < markdown.length() && line(at).isBlank()) {
            at = after(at);
        }
        return at > before;
    }

    /** The line that begins at {@code start}, without its end. */
    private String line(int start) {
        int end = markdown.indexOf('\n', start);
        return markdown.substring(start, end < 0 ? markdown.length() : end);
    }

    private int after(int start) {
        int end = markdown.indexOf('\n', start);
        return end < 0 ? markdown.length() : end + 1;
    }
}
