package io.taskhub.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Cells in columns that are as wide as they must be; also a Markdown table. The first and last column stand left, the rest right. */
record Table(List<String> header, List<List<String>> rows) {

    String render() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths));
        lines.add(line(IntStream.of(widths).mapToObj("-"::repeat).toList(), widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return String.join("\n", lines) + "\n";
    }

    private int[] widths() {
        return IntStream.range(0, header.size())
                .map(column -> IntStream.concat(
                                IntStream.of(length(header.get(column))),
                                rows.stream().mapToInt(row -> length(row.get(column))))
                        .max()
                        .orElse(0))
                .toArray();
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < cells.size(); i++) {
            String pad = " ".repeat(widths[i] - length(cells.get(i)));
            boolean left = i == 0 || i == cells.size() - 1;
            line.append(' ')
                    .append(left ? cells.get(i) + pad : pad + cells.get(i))
                    .append(" |");
        }
        return line.toString();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
