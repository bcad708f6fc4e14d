package io.taskhub.worker.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a file is by its first bytes: what a server says of it is not believed. SVG is none of them, for it can carry scripts. */
enum ImageKind {
    PNG("png", "image/png"),
    JPEG("jpg", "image/jpeg"),
    GIF("gif", "image/gif"),
    WEBP("webp", "image/webp"),
    AVIF("avif", "image/avif"),
    BMP("bmp", "image/bmp");

    private static final int HEAD = 16;

    private final String extension;
    private final String mime;

    ImageKind(String extension, String mime) {
        this.extension = extension;
        this.mime = mime;
    }

    String extension() {
        return extension;
    }

    String mime() {
        return mime;
    }

    static Optional<ImageKind> of(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        }
        if (text.startsWith("ftypavif", 4) || text.startsWith("ftypavis", 4)) {
            return Optional.of(AVIF);
        }
        return text.startsWith("BM") && text.startsWith("\0\0\0\0", 6) ? Optional.of(BMP) : Optional.empty();
    }
}
