package io.taskhub.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs, unpacked once per user and version from the archive on the class path.
 *
 * <p>They are unpacked beside their place and then renamed, so that two processes starting at once never see half of them.
 */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** Whether the class path has a PostgreSQL that runs on this system. */
    static boolean available() {
        return PostgresBinaries.class.getResource("/" + archiveName()) != null;
    }

    /** The directory that holds {@code bin/postgres}; the first call takes about two seconds. */
    static Path unpacked(PostgresAccount account) {
        String name = archiveName();
        URL archive = PostgresBinaries.class.getResource("/" + name);
        if (archive == null) {
            throw new IllegalStateException("no PostgreSQL for this system (%s) on the class path".formatted(name));
        }
        try {
            Path root = account.programDirectory();
            Path home = root.resolve("postgresql-" + version(archive));
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                unpack(archive, root, home);
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack PostgreSQL", e);
        }
    }

    private static void unpack(URL archive, Path root, Path home) throws IOException {
        Files.createDirectories(root);
        Path fresh = Files.createTempDirectory(root, "unpacking");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (InputStream in = archive.openStream();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
            extract(tar, fresh);
        }
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                throw e;
            }
            Directories.delete(fresh); // somebody else was quicker
        }
    }

    private static void extract(TarArchiveInputStream tar, Path target) throws IOException {
        for (@Nullable TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path path = target.resolve(entry.getName()).normalize();
            if (!path.startsWith(target)) {
                throw new IOException("the archive leads outside: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(path);
                continue;
            }
            Files.createDirectories(path.resolveSibling("."));
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            } else if (entry.isLink()) {
                Files.createLink(path, target.resolve(entry.getLinkName()));
            } else {
                Files.copy(tar, path);
                boolean executable = (entry.getMode() & 0100) != 0;
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    /** The jar's file name carries the version; the archive's own size tells other layouts apart. */
    private static String version(URL archive) throws IOException {
        String text = archive.toString();
        int end = text.indexOf(".jar!");
        if (end > 0) {
            return text.substring(text.lastIndexOf('/', end) + 1, end).replaceAll("[^A-Za-z0-9.]+", "-");
        }
        return Long.toString(archive.openConnection().getContentLengthLong());
    }

    private static String archiveName() {
        return "postgres-" + system() + "-" + architecture() + ".txz";
    }

    private static String system() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.contains("mac") ? "darwin" : name.contains("win") ? "windows" : "linux";
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return name.contains("aarch64") || name.contains("arm64") ? "arm_64" : "x86_64";
    }
}
