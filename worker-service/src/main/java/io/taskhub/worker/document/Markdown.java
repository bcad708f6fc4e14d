package io.taskhub.worker.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/** Writes elements as Markdown (CommonMark with GitHub's tables), block by block. */
final class Markdown {
    private static final Pattern LANGUAGE =
            Pattern.compile("(?:^|\\s)(?:language-|lang-|highlight-source-|highlight-|brush:\\s*)([\\w+#.-]+)");
    private static final Set<String> RUNNING = Set.of("br", "del", "ins");
    private static final String APART = "\n\n";
    /** Two lists in a row would be read as one. */
    private static final String BETWEEN_LISTS = "<!-- -->";

    private Markdown() {}

    /** Ends with a line break; "" when there is nothing to write. */
    static String of(Element root) {
        String text = String.join(APART, blocks(root));
        return text.isEmpty() ? "" : text + "\n";
    }

    private static List<String> blocks(Element parent) {
        List<String> blocks = new ArrayList<>();
        Inline run = Inline.paragraph();
        for (Node child : parent.childNodes()) {
            if (child instanceof Element element && holdsBlocks(element)) {
                add(blocks, Escapes.paragraph(run.finish()));
                block(element, blocks);
            } else {
                run.add(child);
            }
        }
        add(blocks, Escapes.paragraph(run.finish()));
        return blocks;
    }

    /** Whether it stands alone on the page. The parser also counts what may hold blocks, but runs inside a line by itself. */
    static boolean isBlock(Element element) {
        return element.isBlock() && !RUNNING.contains(element.normalName());
    }

    private static boolean holdsBlocks(Element element) {
        return isBlock(element)
                || (element.childrenSize() > 0 && element.children().stream().anyMatch(Markdown::holdsBlocks));
    }

    private static void block(Element element, List<String> blocks) {
        switch (element.normalName()) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> add(blocks, heading(element));
            case "pre" -> add(blocks, code(element));
            case "blockquote" -> add(blocks, indented(String.join(APART, blocks(element)), "> ", "> "));
            case "ul", "ol", "menu", "dir" -> list(element, blocks);
            case "hr" -> blocks.add("---");
            case "dt" -> {
                String term = Inline.line(" ").within(element).finish();
                add(blocks, term.isEmpty() ? "" : "**" + term.replace("**", "") + "**");
            }
            case "table" -> table(element, blocks);
            default -> blocks.addAll(blocks(element));
        }
    }

    private static void add(List<String> blocks, String block) {
        if (!block.isEmpty()) {
            blocks.add(block);
        }
    }

    private static String heading(Element element) {
        String text = Inline.line(" ").within(element).finish();
        return text.isEmpty() ? "" : "#".repeat(element.normalName().charAt(1) - '0') + " " + text;
    }

    private static String code(Element pre) {
        String text = pre.wholeText().replace("\r\n", "\n");
        String trimmed = text.stripTrailing();
        int start = 0;
        while (start < trimmed.length() && trimmed.charAt(start) == '\n') {
            start++;
        }
        return trimmed.isBlank() ? "" : Escapes.codeBlock(trimmed.substring(start), language(pre));
    }

    private static String language(Element pre) {
        Element code = pre.selectFirst("code");
        Element around = pre.closest("[class~=(?:^|\\\\s)(?:language|lang|highlight)-]");
        String classes = pre.className() + " " + (code == null ? "" : code.className()) + " "
                + (around == null ? "" : around.className());
        Matcher language = LANGUAGE.matcher(classes);
        return language.find() ? language.group(1) : "";
    }

    private static void table(Element table, List<String> blocks) {
        if (Table.isLayout(table)) {
            blocks.addAll(blocks(table));
            return;
        }
        for (Element caption : table.children()) {
            if (caption.nameIs("caption")) {
                blocks.addAll(blocks(caption));
            }
        }
        blocks.add(Table.markdown(table));
    }

    private static void list(Element list, List<String> blocks) {
        boolean numbered = list.nameIs("ol");
        List<List<String>> items = items(list);
        if (items.isEmpty()) {
            return;
        }
        int number = numbered ? start(list) : 0;
        boolean tight = items.stream().allMatch(Markdown::isTight);
        List<String> lines = new ArrayList<>();
        for (List<String> item : items) {
            String marker = numbered ? number++ + ". " : "- ";
            lines.add(indented(String.join(tight ? "\n" : APART, item), marker, " ".repeat(marker.length())));
        }
        if (!blocks.isEmpty() && isList(blocks.getLast())) {
            blocks.add(BETWEEN_LISTS);
        }
        blocks.add(String.join(tight ? "\n" : APART, lines));
    }

    /** What stands in a list outside of any item belongs to the one before. */
    private static List<List<String>> items(Element list) {
        List<List<String>> items = new ArrayList<>();
        for (Element child : list.children()) {
            List<String> content = new ArrayList<>();
            if (child.nameIs("li")) {
                content.addAll(blocks(child));
            } else if (holdsBlocks(child)) {
                block(child, content);
            }
            if (content.isEmpty()) {
                continue;
            }
            if (child.nameIs("li") || items.isEmpty()) {
                items.add(content);
            } else {
                items.getLast().addAll(content);
            }
        }
        return items;
    }

    /** A line of text, and lists below it at most. */
    private static boolean isTight(List<String> item) {
        return item.stream().skip(1).allMatch(Markdown::isList)
                && !item.getFirst().startsWith("```");
    }

    private static boolean isList(String block) {
        return block.startsWith("- ") || block.matches("(?s)\\d+\\. .*");
    }

    private static int start(Element list) {
        try {
            return Math.max(0, Integer.parseInt(list.attr("start").strip()));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static String indented(String text, String first, String others) {
        if (text.isEmpty()) {
            return "";
        }
        StringBuilder lines = new StringBuilder(first);
        String[] all = text.split("\n", -1);
        for (int i = 0; i < all.length; i++) {
            if (i > 0) {
                lines.append('\n').append(all[i].isEmpty() ? others.stripTrailing() : others);
            }
            lines.append(all[i]);
        }
        return lines.toString();
    }
}
