package io.taskhub.bench.report;

import java.util.List;

/**
 * The table and what belongs under it, the same for the terminal and the file.
 *
 * @param unmeasured scenarios that could not be run to their end, and why
 */
public record Report(List<Row> rows, List<String> unmeasured) {

    public String text() {
        StringBuilder out = new StringBuilder(
                new Table(Row.HEADER, rows.stream().map(Row::cells).toList()).render());
        out.append('\n');
        for (Row row : rows) {
            for (String detail : row.details()) {
                out.append("- ")
                        .append(row.scenario())
                        .append(": ")
                        .append(detail)
                        .append('\n');
            }
        }
        unmeasured.forEach(line -> out.append("- not measured: ").append(line).append('\n'));
        return out.toString();
    }
}
