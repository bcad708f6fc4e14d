package io.taskhub.worker.document;

import io.taskhub.worker.net.Fetcher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The kinds of page that become documents. */
enum Source {
    HTML,
    TEXT,
    MARKDOWN;

    static final String ACCEPT = "text/html,application/xhtml+xml;q=0.9,text/markdown;q=0.9,text/plain;q=0.8,*/*;q=0.1";

    private static final int HEAD = 512;

    /** @throws UnusablePageException when it is something else */
    static Source of(Fetcher.Fetched page, Path file) throws IOException {
        String type = page.type().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        String path = page.uri().getPath().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "text/html", "application/xhtml+xml" -> HTML;
            case "text/markdown", "text/x-markdown" -> MARKDOWN;
            case "text/plain" -> path.endsWith(".md") || path.endsWith(".markdown") ? MARKDOWN : TEXT;
            case "" -> sniffed(file);
            default -> throw new UnusablePageException("unsupported content type " + type);
        };
    }

    private static Source sniffed(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
            if (head.indexOf('\0') >= 0) {
                throw new UnusablePageException("unsupported content type unknown");
            }
            return head.contains("<") ? HTML : TEXT;
        }
    }
}
