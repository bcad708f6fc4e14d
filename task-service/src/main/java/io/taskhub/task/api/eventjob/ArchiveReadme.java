package io.taskhub.task.api.eventjob;

import io.taskhub.contracts.DocumentJob;
import java.util.stream.Collectors;

/** The README of an archive: every job with its status, its source and its files, also those jobs that left none. */
final class ArchiveReadme {
    static final String NAME = "README.md";

    private static final String MARKUP = "\\`*_{}[]<>#|~!";

    private ArchiveReadme() {}

    static String of(JobArchive archive) {
        return "# " + plain(archive.title()) + "\n\n" + summary(archive) + "\n"
                + archive.parts().stream().map(ArchiveReadme::section).collect(Collectors.joining());
    }

    private static String summary(JobArchive archive) {
        long completed = archive.parts().stream()
                .filter(part -> part.job().status() == JobStatus.COMPLETED)
                .count();
        return "%d of %d jobs completed.\n".formatted(completed, archive.parts().size());
    }

    private static String section(JobArchive.Part part) {
        DocumentJob asked = part.job().asked();
        StringBuilder text = new StringBuilder()
                .append("## ")
                .append(plain(asked.session()))
                .append("\n\n")
                .append("- Job: ")
                .append(part.job().id())
                .append('\n')
                .append("- Event: ")
                .append(plain(asked.event()))
                .append('\n');
        if (!asked.track().isEmpty()) {
            text.append("- Track: ").append(plain(asked.track())).append('\n');
        }
        text.append("- Status: ").append(part.job().status().word()).append('\n');
        String error = part.job().task().result().message();
        if (part.job().status() == JobStatus.FAILED && !error.isEmpty()) {
            text.append("- Error: ").append(plain(error)).append('\n');
        }
        text.append("- Source: <")
                .append(asked.url())
                .append(">\n")
                .append("- Languages: ")
                .append(asked.source_language())
                .append(" to ")
                .append(asked.target_language());
        text.append(part.files().isEmpty() ? "\n- Files: none\n" : "\n- Files:\n");
        part.files()
                .forEach(file -> text.append("  - ").append(plain(file.path())).append('\n'));
        return text.append('\n').toString();
    }

    /** On one line, with nothing in it that Markdown would take for its own. */
    private static String plain(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (MARKUP.indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(Character.isISOControl(c) ? ' ' : (char) c);
        });
        return out.toString();
    }
}
