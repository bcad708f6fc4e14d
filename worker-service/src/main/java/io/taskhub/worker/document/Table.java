package io.taskhub.worker.document;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/** A table of data as Markdown can have it: a header, and as many cells in each row. */
final class Table {
    private static final int WIDEST = 100;
    private static final long MOST_CELLS = 250_000;

    private Table() {}

    /** One that only places things on the page: it holds other tables, or is a single column or row-less. */
    static boolean isLayout(Element table) {
        return table.selectFirst("table table") != null
                || table.attr("role").equals("presentation")
                || rows(table).stream().allMatch(row -> cells(row).size() <= 1);
    }

    /** One wide row widens all others. */
    static void check(Element content) throws UnusablePageException {
        long cells = content.select("table").stream()
                .filter(table -> !isLayout(table))
                .map(Table::rows)
                .mapToLong(rows -> (long) rows.size()
                        * rows.stream().mapToInt(Table::width).max().orElse(0))
                .sum();
        if (cells > MOST_CELLS) {
            throw new UnusablePageException("tables on the page have more than " + MOST_CELLS + " cells");
        }
    }

    private static int width(Element row) {
        return Math.min(WIDEST, cells(row).stream().mapToInt(Table::span).sum());
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

    /** With a header, whether it has one or not: Markdown knows no other tables. */
    static Element plain(Element table) {
        List<Element> rows = rows(table);
        boolean headed = isHeader(rows.getFirst());
        Element plain = new Element("table");
        row(headed ? cells(rows.getFirst()) : List.of(new Element("th")), "th", plain.appendElement("thead"));
        Element body = plain.appendElement("tbody");
        rows.stream().skip(headed ? 1 : 0).forEach(row -> row(cells(row), "td", body));
        return plain;
    }

    private static boolean isHeader(Element row) {
        Element parent = row.parent();
        return (parent != null && parent.nameIs("thead")) || cells(row).stream().allMatch(cell -> cell.nameIs("th"));
    }

    private static int span(Element cell) {
        String span = cell.attr("colspan").strip();
        return span.matches("\\d{1,4}") ? Math.clamp(Integer.parseInt(span), 1, WIDEST) : 1;
    }

    private static void row(List<Element> cells, String name, Element to) {
        Element row = to.appendElement("tr");
        for (Element cell : cells) {
            for (int i = 0; i < span(cell) && row.childrenSize() < WIDEST; i++) {
                Element plain = row.appendElement(name);
                if (i == 0) {
                    line(cell, plain);
                }
            }
        }
    }

    /** A cell has no blocks: what was one becomes a line of it. */
    private static void line(Element from, Element cell) {
        Run run = Run.cell();
        for (Node child : from.childNodes()) {
            if (child instanceof Element element && PlainHtml.isBlock(element)) {
                run.addTo(cell);
                line(element, cell);
                run = Run.cell();
            } else {
                run.add(child);
            }
        }
        run.addTo(cell);
    }
}
