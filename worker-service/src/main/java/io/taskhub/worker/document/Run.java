package io.taskhub.worker.document;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** What runs inside a line, in plain elements: text, escaped and with single blanks, emphasis, links, images, code. */
final class Run {
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0]+");
    private static final Pattern INVISIBLE = Pattern.compile("[\\u00ad\\u200b\\u2060\\ufeff]");
    private static final Pattern FOLLOWED = Pattern.compile("(?i)(?:https?|mailto|tel):.*");

    private final Element block;
    private final String lineBreak;
    private final Set<String> open = new HashSet<>();
    private Element into;
    private boolean blank = true;

    private Run(String name, String lineBreak, String link) {
        this.block = new Element(name);
        this.lineBreak = lineBreak;
        this.into = block;
        if (!link.isEmpty()) {
            open.add("a");
            this.into = block.appendElement("a").attr("href", Escapes.address(link));
        }
    }

    /** @param link where all of it leads to, or "" */
    static Run paragraph(String link) {
        return new Run("p", "", link);
    }

    /** The same where a line must not end. */
    static Run line(String name, String link) {
        return new Run(name, " ", link);
    }

    /** One line of a table's cell. */
    static Run cell() {
        return new Run("span", "<br>", "");
    }

    /** Where a link leads to; "" when nobody should follow it. */
    static String target(Element link) {
        String target = link.absUrl("href");
        return FOLLOWED.matcher(target).matches() ? target : "";
    }

    /** All of an element's content as one run. */
    Run within(Element element) {
        element.childNodes().forEach(this::add);
        return this;
    }

    Run strong(Element element) {
        return marked(new Element("b"), element);
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
        write(Escapes.inline(blank && text.startsWith(" ") ? text.substring(1) : text));
    }

    private void write(String text) {
        if (!text.isEmpty()) {
            into.appendText(text);
            blank = text.endsWith(" ");
        }
    }

    private void element(Element element) {
        String name = element.normalName();
        switch (name) {
            case "b", "strong" -> strong(element);
            case "i", "em", "dfn", "var" -> marked(new Element("i"), element);
            case "del", "s", "strike" -> marked(new Element("del"), element);
            case "sub", "sup" -> marked(new Element(name), element);
            case "code", "kbd", "samp", "tt" ->
                code(BLANKS.matcher(element.text()).replaceAll(" ").strip());
            case "br" -> lineBreak();
            case "img" -> image(element);
            case "a" -> link(element);
            case "input" -> write(element.hasAttr("checked") ? "[x] " : "[ ] ");
            case "q" -> {
                write("“");
                within(element);
                write("”");
            }
            default -> within(element);
        }
    }

    /** Blanks at the inner edges go outside: Markdown takes no emphasis that begins or ends with one. */
    private Run marked(Element mark, Element element) {
        if (!open.add(mark.normalName())) {
            return within(element);
        }
        Element outside = into;
        into = mark;
        within(element);
        into = outside;
        open.remove(mark.normalName());
        String text = mark.wholeText();
        edge(text.substring(0, text.length() - text.stripLeading().length()));
        if (isFilled(mark)) {
            into.appendChild(mark);
            edge(text.substring(text.stripTrailing().length()));
        }
        return this;
    }

    private void edge(String blanks) {
        if (blanks.contains("\n")) {
            into.appendElement("br");
        } else {
            into.appendText(blanks);
        }
    }

    private static boolean isFilled(Element element) {
        return !element.wholeText().isBlank() || element.selectFirst("img") != null;
    }

    private void code(String code) {
        if (!code.isEmpty()) {
            into.appendElement("code").appendText(code);
            blank = false;
        }
    }

    private void lineBreak() {
        if (lineBreak.isEmpty()) {
            into.appendElement("br");
        } else {
            into.appendText(lineBreak);
        }
        blank = true;
    }

    private void image(Element element) {
        if (element.hasAttr("src")) {
            String alt = BLANKS.matcher(element.attr("alt")).replaceAll(" ").strip();
            into.appendElement("img").attr("src", element.attr("src")).attr("alt", Escapes.inline(alt));
            blank = false;
        }
    }

    private void link(Element element) {
        String target = target(element);
        if (target.isEmpty()) {
            within(element);
        } else {
            marked(new Element("a").attr("href", Escapes.address(target)), element);
        }
    }

    /** When there is something in it; below other lines of a cell. */
    void addTo(Element parent) {
        if (isFilled(block)) {
            if (block.nameIs("span") && parent.childNodeSize() > 0) {
                parent.appendText(lineBreak);
            }
            parent.appendChild(block);
        }
    }
}
