package io.taskhub.task.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP file on its way to whoever reads it: nothing is kept but the entry that is being written, and the same files give the same bytes.
 * Names are marked as UTF-8. It is whole only after {@link #finish}; when anything fails before, the reader must be told so.
 */
public final class ZipArchive {
    private static final Set<String> COMPRESSED_ALREADY =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif");

    private final ZipOutputStream zip;

    public ZipArchive(OutputStream out) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /** Opens a file's content when its turn comes. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    public void addText(String path, Instant time, String text) throws IOException {
        begin(path, time, Deflater.DEFAULT_COMPRESSION);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    public void addFile(String path, Instant time, String mime, Content content) throws IOException {
        try (InputStream in = content.open()) {
            begin(
                    path,
                    time,
                    COMPRESSED_ALREADY.contains(mime) ? Deflater.NO_COMPRESSION : Deflater.DEFAULT_COMPRESSION);
            in.transferTo(zip);
            zip.closeEntry();
        }
    }

    /** Writes the directory, without closing the stream below. */
    public void finish() throws IOException {
        zip.finish();
        zip.flush();
    }

    private void begin(String path, Instant time, int level) throws IOException {
        ZipEntry entry = new ZipEntry(path);
        entry.setTimeLocal(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        zip.setLevel(level);
        zip.putNextEntry(entry);
    }
}
