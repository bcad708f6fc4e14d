package io.taskhub.task.artifact;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.taskhub.contracts.TaskId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A directory, private to this user and shared by the replicas. A key is a path below it. No symbolic link on the way is followed, so
 * whatever somebody puts there, nothing outside is read or written.
 */
final class DirectoryStore implements ArtifactStore {
    private static final FileAttribute<?> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final String UNFINISHED = ".part";
    private static final int TRIES = 5;
    private static final int DEPTH = 3;

    private final Path root;

    DirectoryStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Where a key leads. */
    private record Place(Path task, Path claim, Path file) {}

    private Place place(String key) {
        String[] segments = key.split("/", 3);
        Path task = root.resolve(segments[0]);
        Path claim = task.resolve(segments[1]);
        return new Place(task, claim, claim.resolve(segments[2]));
    }

    @Override
    public Digested put(String key, InputStream content, long limit) throws IOException {
        Place place = place(key);
        Path unfinished = place.file().resolveSibling(place.file().getFileName() + UNFINISHED);
        boolean done = false;
        try (FileChannel channel = create(place, unfinished)) {
            Digested digested = Digested.copy(content, channel, limit);
            channel.force(true);
            Files.move(unfinished, place.file(), StandardCopyOption.ATOMIC_MOVE);
            done = true;
            force(List.of(place.claim(), place.task(), root));
            return digested;
        } finally {
            if (!done) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    /** A delete may take an empty directory away again just before the file is in it. */
    private FileChannel create(Place place, Path file) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                Files.createDirectories(root, PRIVATE_DIRECTORY);
                make(place.task());
                make(place.claim());
                return FileChannel.open(file, Set.of(CREATE_NEW, WRITE, NOFOLLOW_LINKS), PRIVATE_FILE);
            } catch (NoSuchFileException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static void make(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, PRIVATE_DIRECTORY);
        } catch (FileAlreadyExistsException e) {
            demandDirectory(directory);
        }
    }

    /** The new names outlive a power failure. */
    private static void force(List<Path> directories) throws IOException {
        for (Path directory : directories) {
            try (FileChannel channel = FileChannel.open(directory, READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public InputStream open(String key, long from, long length) throws IOException {
        Place place = place(key);
        demandDirectory(place.task());
        demandDirectory(place.claim());
        return new ChannelSection(FileChannel.open(place.file(), Set.of(READ, NOFOLLOW_LINKS)), from, length);
    }

    /** @throws NotDirectoryException when a link or a file stands there */
    private static void demandDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, NOFOLLOW_LINKS)) {
            throw Files.exists(directory, NOFOLLOW_LINKS)
                    ? new NotDirectoryException(directory.toString())
                    : new NoSuchFileException(directory.toString());
        }
    }

    @Override
    public void delete(Collection<String> keys) throws IOException {
        for (String key : keys) {
            Place place = place(key);
            try {
                demandDirectory(place.task());
                demandDirectory(place.claim());
                Files.deleteIfExists(place.file());
                Files.deleteIfExists(place.claim());
                Files.deleteIfExists(place.task());
            } catch (NoSuchFileException | DirectoryNotEmptyException e) {
                // gone already, or more files are there
            }
        }
    }

    @Override
    public void deleteAll(TaskId task) throws IOException {
        walk(root.resolve(task.uuid().toString()), new Gentle() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
                try {
                    Files.deleteIfExists(directory);
                } catch (DirectoryNotEmptyException e) {
                    // an upload that is about to be refused
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void list(Consumer<Found> visitor) throws IOException {
        walk(root, new Gentle() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path key = root.relativize(file);
                if (attributes.isRegularFile() && key.getNameCount() == DEPTH) {
                    visitor.accept(new Found(
                            key.toString(), attributes.lastModifiedTime().toInstant()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void walk(Path start, Gentle visitor) throws IOException {
        Files.walkFileTree(start, EnumSet.noneOf(FileVisitOption.class), DEPTH, visitor);
    }

    /** Does not mind that other replicas delete at the same time. */
    private abstract static class Gentle extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
            if (failed instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failed;
        }
    }
}
