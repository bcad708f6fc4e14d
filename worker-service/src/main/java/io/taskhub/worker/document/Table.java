package io.taskhub.worker.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** A table of data as Markdown has it: one line a row, the first of them the header. */
final class Table {
    private static final int WIDEST = 100;

    private Table() {}

    /** One that only places things on the page: it holds other tables, or is a single column or row-less. */
    static boolean isLayout(Element table) {
        return table.selectFirst("table table") != null
                || table.attr("role").equals("presentation")
                || rows(table).stream().allMatch(row -> cells(row).size() <= 1);
    }

    static List<Element> rows(Element table) {
        List<Element> rows = new ArrayList<>();
        for (Element child : table.children()) {
            switch (child.normalName()) {
                case "tr" -> rows.add(child);
                case "thead", "tbody", "tfoot" ->
                    child.children().stream().filter(row -> row.nameIs("tr")).forEach(rows::add);
                default -> {}
            }
        }
        return rows;
    }

    static List<Element> cells(Element row) {
        return row.children().stream()
                .filter(cell -> cell.nameIs("td") || cell.nameIs("th"))
                .toList();
    }

    static String markdown(Element table) {
        List<Element> rows = rows(table);
        int columns = rows.stream().mapToInt(row -> texts(row).size()).max().orElse(0);
        boolean headed = isHeader(rows.getFirst());
        List<String> lines = new ArrayList<>();
        lines.add(line(headed ? texts(rows.getFirst()) : List.of(), columns));
        lines.add("|" + " --- |".repeat(columns));
        rows.stream().skip(headed ? 1 : 0).map(row -> line(texts(row), columns)).forEach(lines::add);
        return String.join("\n", lines);
    }

    private static boolean isHeader(Element row) {
        Element parent = row.parent();
        return (parent != null && parent.nameIs("thead")) || cells(row).stream().allMatch(cell -> cell.nameIs("th"));
    }

    private static List<String> texts(Element row) {
        List<String> texts = new ArrayList<>();
        for (Element cell : cells(row)) {
            texts.add(text(cell));
            texts.addAll(Collections.nCopies(extraColumns(cell), ""));
        }
        return texts.size() > WIDEST ? texts.subList(0, WIDEST) : texts;
    }

    private static int extraColumns(Element cell) {
        try {
            return Math.clamp(Integer.parseInt(cell.attr("colspan").strip()) - 1, 0, WIDEST);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A cell has no blocks: what was one becomes a line of it. */
    private static String text(Element cell) {
        Inline inline = Inline.line("<br>");
        List<String> lines = new ArrayList<>();
        collect(cell, inline, lines);
        lines.add(inline.finish());
        return lines.stream()
                .filter(line -> !line.isEmpty())
                .map(line -> line.replace("\n", " ").replace("|", "\\|"))
                .collect(Collectors.joining("<br>"));
    }

    private static void collect(Element parent, Inline inline, List<String> lines) {
        parent.childNodes().forEach(node -> {
            if (node instanceof Element element && Markdown.isBlock(element)) {
                lines.add(inline.finish());
                collect(element, inline, lines);
                lines.add(inline.finish());
            } else {
                inline.add(node);
            }
        });
    }

    private static String line(List<String> texts, int columns) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < columns; i++) {
            line.append(' ').append(i < texts.size() ? texts.get(i) : "").append(" |");
        }
        return line.toString();
    }
}
