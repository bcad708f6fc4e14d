package io.taskhub.worker.document;

import io.taskhub.contracts.DocumentJob;
import io.taskhub.worker.executor.Payload;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** The job's fields at the head of the document, as YAML. */
record FrontMatter(DocumentJob job, DocumentJob.Result result, Instant fetched) {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    String text() {
        StringBuilder yaml = new StringBuilder("---\n");
        line(yaml, "event", job.event());
        line(yaml, "session", job.session());
        line(yaml, "track", job.track());
        line(yaml, "title", result.title());
        line(yaml, "source_url", job.url());
        line(yaml, "final_url", result.final_url());
        line(yaml, "source_language", job.source_language());
        line(yaml, "target_language", job.target_language());
        yaml.append("translated: ").append(result.translated()).append('\n');
        String note = result.note();
        if (note != null) {
            line(yaml, "note", note);
        }
        line(yaml, "fetched_at", MILLIS.format(fetched));
        line(yaml, "filename", job.filename());
        return yaml.append("---\n\n").toString();
    }

    /** A JSON string is a YAML one, but for three characters that YAML takes for line breaks. */
    private static void line(StringBuilder yaml, String name, String value) {
        String quoted = Payload.json(value)
                .replace("\u0085", "\\u0085")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
        yaml.append(name).append(": ").append(quoted).append('\n');
    }
}
