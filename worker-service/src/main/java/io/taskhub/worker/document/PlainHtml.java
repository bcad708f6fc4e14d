package io.taskhub.worker.document;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeVisitor;

/** The content of a page in plain elements: each block holds either blocks or one {@link Run} of text. */
final class PlainHtml {
    private static final Pattern LANGUAGE =
            Pattern.compile("(?:^|\\s)(?:language-|lang-|highlight-source-|highlight-|brush:\\s*)([\\w+#.-]+)");
    private static final Set<String> RUNNING = Set.of("br", "del", "ins");
    private static final Set<String> NESTING = Set.of("blockquote", "ul", "ol", "menu", "dir");
    private static final int DEEPEST = 10;
    private static final String TIGHT = "tight";

    private PlainHtml() {}

    /** @throws UnusablePageException when its tables are too large */
    static Document of(Element content) throws UnusablePageException {
        flatten(content);
        Table.check(content);
        Document plain = Document.createShell("");
        blocks(content, plain.body(), "");
        return plain;
    }

    /** Each level of quotes and lists puts something before every line in it. */
    private static void flatten(Element content) {
        int[] level = {0};
        content.traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                if (NESTING.contains(node.normalName())) {
                    if (level[0] == DEEPEST && node instanceof Element element) {
                        element.tagName("div");
                    } else {
                        level[0]++;
                    }
                }
            }

            @Override
            public void tail(Node node, int depth) {
                level[0] -= NESTING.contains(node.normalName()) ? 1 : 0;
            }
        });
    }

    /** Whether no blank line follows, because it is all the text that an item of a list has. */
    static boolean isTight(Element paragraph) {
        return paragraph.hasClass(TIGHT);
    }

    /** Whether it stands alone on the page. The parser also counts what may hold blocks, but runs inside a line by itself. */
    static boolean isBlock(Element element) {
        return element.isBlock() && !RUNNING.contains(element.normalName());
    }

    private static boolean holdsBlocks(Element element) {
        return isBlock(element)
                || (element.childrenSize() > 0 && element.children().stream().anyMatch(PlainHtml::holdsBlocks));
    }

    /** @param link where all of it leads to, or "" */
    private static void blocks(Element from, Element to, String link) {
        Run run = Run.paragraph(link);
        for (Node child : from.childNodes()) {
            if (child instanceof Element element && holdsBlocks(element)) {
                run.addTo(to);
                run = Run.paragraph(link);
                block(element, to, link);
            } else {
                run.add(child);
            }
        }
        run.addTo(to);
    }

    private static void block(Element element, Element to, String link) {
        String name = element.normalName();
        switch (name) {
            case "h1", "h2", "h3", "h4", "h5", "h6" ->
                Run.line(name, link).within(element).addTo(to);
            case "dt" -> Run.line("p", link).strong(element).addTo(to);
            case "pre" -> code(element, to);
            case "hr" -> to.appendElement("hr");
            case "blockquote" -> {
                Element quote = new Element(name);
                blocks(element, quote, link);
                addFilled(quote, to);
            }
            case "ul", "ol", "menu", "dir" -> list(element, to, link);
            case "table" -> {
                if (Table.isLayout(element)) {
                    blocks(element, to, link);
                } else {
                    element.children().stream()
                            .filter(child -> child.nameIs("caption"))
                            .forEach(caption -> blocks(caption, to, link));
                    to.appendChild(Table.plain(element));
                }
            }
            case "a" -> blocks(element, to, link.isEmpty() ? Run.target(element) : link);
            default -> blocks(element, to, link);
        }
    }

    private static void addFilled(Element element, Element to) {
        if (element.childNodeSize() > 0) {
            to.appendChild(element);
        }
    }

    private static void code(Element pre, Element to) {
        String code = pre.wholeText().replace("\r\n", "\n").stripTrailing().replaceFirst("^\n+", "");
        if (!code.isEmpty()) {
            String language = language(pre);
            Element block = to.appendElement("pre");
            (language.isEmpty() ? block : block.appendElement("code").addClass("language-" + language))
                    .appendText(code + "\n");
        }
    }

    private static String language(Element pre) {
        Element code = pre.selectFirst("code");
        Element around = pre.closest("[class~=(?:^|\\\\s)(?:language|lang|highlight)-]");
        String classes = pre.className() + " " + (code == null ? "" : code.className()) + " "
                + (around == null ? "" : around.className());
        Matcher language = LANGUAGE.matcher(classes);
        return language.find() ? language.group(1) : "";
    }

    /** What stands in a list outside of any item belongs to the one before. */
    private static void list(Element from, Element to, String link) {
        Element list = new Element(from.nameIs("ol") ? "ol" : "ul");
        if (from.attr("start").matches("\\d{1,9}")) {
            list.attr("start", from.attr("start"));
        }
        for (Element child : from.children()) {
            Element last = list.lastElementChild();
            Element item = child.nameIs("li") || last == null ? new Element("li") : last;
            if (child.nameIs("li")) {
                blocks(child, item, link);
            } else if (holdsBlocks(child)) {
                block(child, item, link);
            }
            addFilled(item, list);
        }
        if (list.children().stream().allMatch(PlainHtml::isLine)) {
            list.select("> li > p").addClass(TIGHT);
        }
        addFilled(list, to);
    }

    /** A line of text, and lists below it at most. */
    private static boolean isLine(Element item) {
        return !item.child(0).nameIs("pre")
                && item.children().stream().skip(1).allMatch(below -> below.nameIs("ul") || below.nameIs("ol"));
    }
}
