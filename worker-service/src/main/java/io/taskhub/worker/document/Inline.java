package io.taskhub.worker.document;

import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** What runs inside a line: text, emphasis, links, images, code. */
final class Inline {
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0]+");
    private static final Pattern INVISIBLE = Pattern.compile("[\\u00ad\\u200b\\u2060\\ufeff]");
    private static final Pattern FOLLOWED = Pattern.compile("(?i)(?:https?|mailto|tel):.*");
    private static final String BREAK = "  \n";

    private final StringBuilder out = new StringBuilder();
    private final String lineBreak;
    private boolean strong;
    private boolean emphasis;
    private boolean link;

    private Inline(String lineBreak) {
        this.lineBreak = lineBreak;
    }

    /** Collects the runs of one paragraph. */
    static Inline paragraph() {
        return new Inline(BREAK);
    }

    /** The same where a line must not end: headings, cells. */
    static Inline line(String lineBreak) {
        return new Inline(lineBreak);
    }

    /** All of an element's content as one run. */
    Inline within(Element element) {
        element.childNodes().forEach(this::add);
        return this;
    }

    void add(Node node) {
        if (node instanceof TextNode text) {
            text(INVISIBLE.matcher(text.getWholeText()).replaceAll(""));
        } else if (node instanceof Element element) {
            element(element);
        }
    }

    private void text(String raw) {
        String text = BLANKS.matcher(raw).replaceAll(" ");
        out.append(Escapes.inline(atBlank() && text.startsWith(" ") ? text.substring(1) : text));
    }

    private boolean atBlank() {
        return out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
    }

    private void element(Element element) {
        switch (element.normalName()) {
            case "b", "strong" -> strong(element);
            case "i", "em", "dfn", "var" -> emphasis(element);
            case "del", "s", "strike" -> wrapped(element, "~~");
            case "code", "kbd", "samp", "tt" -> out.append(Escapes.codeSpan(element.text()));
            case "sub", "sup" -> tagged(element);
            case "br" -> lineBreak();
            case "img" -> image(element);
            case "a" -> link(element);
            case "input" -> out.append(element.hasAttr("checked") ? "[x] " : "[ ] ");
            case "q" -> {
                out.append('“');
                within(element);
                out.append('”');
            }
            default -> within(element);
        }
    }

    private void lineBreak() {
        trimEnd();
        if (!out.isEmpty()) {
            out.append(lineBreak);
        }
    }

    private void strong(Element element) {
        if (strong) {
            within(element);
            return;
        }
        strong = true;
        wrapped(element, "**");
        strong = false;
    }

    private void emphasis(Element element) {
        if (emphasis) {
            within(element);
            return;
        }
        emphasis = true;
        wrapped(element, "*");
        emphasis = false;
    }

    /** Blanks at the inner edges go outside: Markdown takes no emphasis that begins or ends with one. */
    private void wrapped(Element element, String mark) {
        String inner = inside(element);
        String text = inner.strip();
        if (text.isEmpty()) {
            text(" ");
            return;
        }
        if (Character.isWhitespace(inner.charAt(0)) && !atBlank()) {
            out.append(' ');
        }
        out.append(mark).append(text).append(mark);
        if (Character.isWhitespace(inner.charAt(inner.length() - 1))) {
            out.append(' ');
        }
    }

    private void tagged(Element element) {
        String name = element.normalName();
        out.append('<')
                .append(name)
                .append('>')
                .append(inside(element).strip())
                .append("</")
                .append(name)
                .append('>');
    }

    /** What the children make of themselves, taken out again. */
    private String inside(Element element) {
        int start = out.length();
        within(element);
        String inner = out.substring(start);
        out.setLength(start);
        return inner;
    }

    private void image(Element element) {
        String source = element.attr("src");
        if (!source.isEmpty()) {
            String alt = BLANKS.matcher(element.attr("alt")).replaceAll(" ").strip();
            out.append("![")
                    .append(Escapes.inline(alt))
                    .append("](")
                    .append(Escapes.address(source))
                    .append(')');
        }
    }

    private void link(Element element) {
        String target = element.absUrl("href");
        if (link || !FOLLOWED.matcher(target).matches()) {
            within(element);
            return;
        }
        link = true;
        String inner = inside(element);
        link = false;
        String text = inner.strip();
        if (text.isEmpty()) {
            text(" ");
            return;
        }
        if (Character.isWhitespace(inner.charAt(0)) && !atBlank()) {
            out.append(' ');
        }
        if (element.text().strip().equals(target)) {
            out.append('<').append(target).append('>');
        } else {
            out.append('[')
                    .append(text)
                    .append("](")
                    .append(Escapes.address(target))
                    .append(')');
        }
        if (Character.isWhitespace(inner.charAt(inner.length() - 1))) {
            out.append(' ');
        }
    }

    private void trimEnd() {
        while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
        }
    }

    /** The run, without blanks at its ends; "" when there was nothing. */
    String finish() {
        String text = out.toString().strip();
        out.setLength(0);
        return text;
    }
}
