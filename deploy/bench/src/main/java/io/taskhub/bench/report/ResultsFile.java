package io.taskhub.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** {@code deploy/bench/RESULTS.md}: one section per bench, newest last, never rewritten. */
public final class ResultsFile {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private static final String TITLE = """
            # What `./taskhub bench` measured

            Newest last. Medians over the runs; CPU is microseconds per task (or what a scenario's line says), summed over all
            processes of the suite with database and broker, without the load generator.
            """;

    private final Path file;

    public ResultsFile(Path file) {
        this.file = file;
    }

    /** @param mode how it was measured: runs, quick or full, started or attached */
    public void append(Instant at, Surroundings surroundings, String mode, Report report) {
        String section = "\n## " + MINUTE.format(at) + " · " + surroundings.commit() + " · " + surroundings.machine()
                + " · " + mode + "\n\n" + report.text();
        try {
            if (Files.notExists(file)) {
                Files.writeString(file, TITLE);
            }
            Files.writeString(file, section, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot append to " + file, e);
        }
    }
}
