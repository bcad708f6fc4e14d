package io.taskhub.worker.document;

import io.taskhub.worker.executor.DirectoryTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Directories of this process, all in one that it holds a lock on. What a killed process left is removed by the next one that
 * starts: nobody holds its lock. Process ids would not tell, containers have the same ones.
 */
final class Scratch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Scratch.class);
    private static final String PREFIX = "documents-";
    private static final String LOCK = "lock";

    private final Path common;
    private @Nullable Path own;
    private @Nullable FileChannel lock;

    /** @param common shared with other processes; it need not exist yet */
    Scratch(Path common) {
        this.common = common;
        if (Files.isDirectory(common)) {
            try {
                sweep();
            } catch (IOException e) {
                LOG.warnf("what documents left in %s stays: %s", common, e);
            }
        }
    }

    private void sweep() throws IOException {
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(common, entry -> Files.exists(entry.resolve(LOCK)) && isOurs(entry))) {
            for (Path left : all) {
                if (isLeft(left)) {
                    DirectoryTree.delete(left);
                }
            }
        }
    }

    private static boolean isOurs(Path entry) {
        return entry.getFileName().toString().startsWith(PREFIX);
    }

    private static boolean isLeft(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** A new directory, empty. */
    Path create() throws IOException {
        return Files.createTempDirectory(own(), "");
    }

    private synchronized Path own() throws IOException {
        Path known = own;
        if (known == null) {
            Files.createDirectories(common);
            known = Files.createTempDirectory(common, PREFIX);
            lock = locked(known);
            own = known;
        }
        return known;
    }

    /** The file gets its name once it is locked: before, whoever sweeps does not know it. */
    private static FileChannel locked(Path directory) throws IOException {
        Path nameless = directory.resolve("new");
        FileChannel channel = FileChannel.open(nameless, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock();
        Files.move(nameless, directory.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
        return channel;
    }

    @Override
    public synchronized void close() {
        Path known = own;
        FileChannel held = lock;
        if (known != null && held != null) {
            try (held) {
                DirectoryTree.delete(known);
            } catch (IOException e) {
                LOG.warnf("files of documents stay in %s: %s", known, e);
            }
        }
    }
}
