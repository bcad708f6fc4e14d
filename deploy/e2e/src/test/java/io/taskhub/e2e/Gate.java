package io.taskhub.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A door in the file system: a command waits at it until the test opens it, so nothing depends on timing. */
final class Gate implements AutoCloseable {
    private final Path directory;

    private Gate(Path directory) {
        this.directory = directory;
    }

    static Gate shut() {
        try {
            return new Gate(Files.createTempDirectory("gate"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shell text that blocks until {@link #open} was called with the same name. */
    String waits(String name) {
        return "while [ ! -e '" + directory.resolve(name) + "' ]; do sleep 0.05; done; ";
    }

    /** Shell text that leaves one line in the file of that name. */
    String leaves(String name) {
        return "echo x >> '" + directory.resolve(name) + "'; ";
    }

    void open(String name) {
        try {
            Files.writeString(directory.resolve(name), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String name) {
        return Files.exists(directory.resolve(name));
    }

    /** How often {@link #leaves} ran. */
    int count(String name) {
        try {
            return has(name) ? Files.readAllLines(directory.resolve(name)).size() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() {
        try (var files = Files.list(directory)) {
            for (Path file : List.copyOf(files.toList())) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
