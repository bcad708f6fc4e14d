package io.taskhub.worker.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScratchTest {
    @TempDir
    private Path common;

    @Test
    void what_a_dead_process_left_is_removed_and_nothing_else() throws Exception {
        Path left = Files.createDirectories(common.resolve("documents-1/2"));
        Files.writeString(left.resolve("page"), "text");
        Files.createFile(common.resolve("documents-1/lock"));
        Path others = Files.createDirectories(common.resolve("task-1"));
        try (Scratch living = new Scratch(common)) {
            assertThat(common.resolve("documents-1")).doesNotExist();
            Path inUse = living.create();
            new Scratch(common).close();
            assertThat(inUse).isEmptyDirectory();
        }
        assertThat(others).isEmptyDirectory();
        assertThat(common).isDirectoryNotContaining("glob:**/documents-*");
    }
}
