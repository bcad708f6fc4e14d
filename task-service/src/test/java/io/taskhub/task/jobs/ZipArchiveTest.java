package io.taskhub.task.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ZipArchiveTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final byte[] IMAGE = "not really an image".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void what_went_in_comes_out_with_its_name_and_time() throws IOException {
        Path file = Files.write(folder.resolve("a.zip"), archive());
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry text = zip.getEntry("README.md");
            assertThat(text.getTimeLocal()).isEqualTo(LocalDateTime.parse("2026-01-02T12:00:00"));
            assertThat(zip.getInputStream(text).readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("# Größe\n");
            assertThat(zip.getInputStream(zip.getEntry("会议/assets/1.png")).readAllBytes())
                    .isEqualTo(IMAGE);
            assertThat(zip.size()).isEqualTo(2);
        }
    }

    @Test
    void names_are_marked_as_utf_8() throws IOException {
        byte[] bytes = archive();
        assertThat(bytes[7] & 0x08)
                .as("general purpose bit 11 of the first entry")
                .isNotZero();
    }

    @Test
    void the_same_files_give_the_same_bytes() throws IOException {
        assertThat(archive()).isEqualTo(archive());
    }

    @Test
    void what_was_not_finished_is_no_archive() throws IOException {
        var out = new ByteArrayOutputStream();
        new ZipArchive(out).addText("README.md", NOON, "x");
        Path file = Files.write(folder.resolve("b.zip"), out.toByteArray());
        assertThatThrownBy(() -> new ZipFile(file.toFile()).close()).isInstanceOf(ZipException.class);
    }

    private static byte[] archive() throws IOException {
        var out = new ByteArrayOutputStream();
        ZipArchive zip = new ZipArchive(out);
        zip.addText("README.md", NOON, "# Größe\n");
        zip.addFile("会议/assets/1.png", NOON, "image/png", () -> new ByteArrayInputStream(IMAGE));
        zip.finish();
        return out.toByteArray();
    }
}
