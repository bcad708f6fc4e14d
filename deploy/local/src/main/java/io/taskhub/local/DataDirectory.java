package io.taskhub.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one suite keeps between runs, and the lock that makes it the only one there.
 *
 * <p>{@code VERSION} layout version · {@code lock} held while running · {@code pids} who runs · {@code secrets/} passwords and keys ·
 * {@code postgres/}, {@code kafka/}, {@code artifacts/} data · {@code logs/} one file per process · {@code run/} made anew at each start.
 */
final class DataDirectory implements AutoCloseable {
    private static final String VERSION = "1";
    private static final List<String> OWN =
            List.of("VERSION", "pids", "secrets", "postgres", "kafka", "artifacts", "logs", "run");
    private static final long LOG_LIMIT_BYTES = 10L << 20;

    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** Locks the directory, which is made when missing. Another suite on it, or another layout, is refused. */
    static DataDirectory open(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        refuseStrangers(root);
        Directories.createPrivate(root);
        DataDirectory opened = new DataDirectory(root, locked(root));
        return opened;
    }

    /** Removes what earlier runs left; nothing but our own entries, whatever else is in the directory. */
    void clear() {
        OWN.forEach(name -> {
            Path entry = root.resolve(name);
            if (Files.isDirectory(entry)) {
                Directories.delete(entry);
            } else {
                PrivateFiles.delete(entry);
            }
        });
    }

    /** Refuses data of another layout, then marks the directory as ours. */
    void claimVersion() {
        Path file = root.resolve("VERSION");
        try {
            String found = Files.exists(file) ? Files.readString(file).trim() : VERSION;
            if (!found.split("\\.", -1)[0].equals(VERSION)) {
                throw new SuiteRefusal(
                        "%s holds data of version %s, this TaskHub reads version %s: use another --data, or --fresh to throw it away"
                                .formatted(root, found, VERSION));
            }
            Files.writeString(file, VERSION + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    Path secrets() {
        return Directories.createPrivate(root.resolve("secrets"));
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    /** Files that tasks leave. */
    Path artifacts() {
        return Directories.createPrivate(root.resolve("artifacts"));
    }

    Path logs() {
        return Directories.createPrivate(root.resolve("logs"));
    }

    Path run() {
        return Directories.createPrivate(root.resolve("run"));
    }

    /** A secret that is made once and then kept: 32 random bytes, URL-safe base 64. */
    String secret(String name) {
        Path file = secrets().resolve(name);
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[32];
                new SecureRandom().nextBytes(random);
                PrivateFiles.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
            }
            return Files.readString(file).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The log of a process; one that has grown large is put aside first, as {@code .1}. */
    Path log(String name) {
        Path file = logs().resolve(name + ".log");
        try {
            if (Files.exists(file) && Files.size(file) > LOG_LIMIT_BYTES) {
                Files.move(file, logs().resolve(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows a log that has to live elsewhere among the others. */
    void linkLog(String name, Path target) {
        Path link = logs().resolve(name + ".log");
        try {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, logs().relativize(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the list of running processes, one {@code name pid} a line. */
    void writePids(Map<String, Long> pids) {
        String text = pids.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Path fresh = root.resolve("pids.new");
            Files.writeString(fresh, text);
            Files.move(fresh, root.resolve("pids"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Process ids that the last run wrote down. */
    List<Long> lastPids() {
        Path file = root.resolve("pids");
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .map(line -> line.replaceFirst(".* ", ""))
                            .filter(pid -> pid.matches("\\d{1,18}"))
                            .map(Long::valueOf)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Gives the directory to whoever comes next. */
    @Override
    public void close() {
        PrivateFiles.delete(root.resolve("pids"));
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseStrangers(Path root) {
        if (!Files.isDirectory(root) || Files.exists(root.resolve("VERSION")) || Files.exists(root.resolve("lock"))) {
            return;
        }
        try (Stream<Path> entries = Files.list(root)) {
            if (entries.findAny().isPresent()) {
                throw new SuiteRefusal(root + " is not empty and not TaskHub's: choose another --data");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel locked(Path root) {
        Path file = root.resolve("lock");
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean ours = false;
            try {
                ours = channel.tryLock() != null;
            } catch (OverlappingFileLockException e) {
                ours = false; // by another suite of this very process
            }
            if (!ours) {
                String holder = Files.readString(file).trim();
                channel.close();
                throw new SuiteRefusal("a TaskHub (pid %s) already runs on %s: stop it or pass another --data"
                        .formatted(holder.isEmpty() ? "unknown" : holder, root));
            }
            channel.truncate(0);
            channel.write(
                    StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + root, e);
        }
    }
}
