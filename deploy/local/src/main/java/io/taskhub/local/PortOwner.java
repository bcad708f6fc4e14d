package io.taskhub.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which process listens on a port, as far as Linux lets us see; elsewhere nothing is known. */
final class PortOwner {
    private static final String LISTENING = "0A";

    private PortOwner() {}

    /** For example {@code nginx, pid 4711}. */
    static Optional<String> of(int port) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> lines(Path.of(table)).stream())
                .map(line -> line.trim().split("\\s+", -1))
                .filter(cells -> cells.length > 9
                        && cells[3].equals(LISTENING)
                        && cells[1].endsWith(String.format(Locale.ROOT, ":%04X", port)))
                .map(cells -> cells[9])
                .findFirst()
                .flatMap(PortOwner::holderOf);
    }

    private static Optional<String> holderOf(String inode) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> holds(process.pid(), "socket:[" + inode + "]"))
                    .findFirst()
                    .map(process -> name(process) + ", pid " + process.pid());
        }
    }

    private static String name(ProcessHandle process) {
        List<String> comm = lines(Path.of("/proc/" + process.pid() + "/comm"));
        return comm.isEmpty() ? "a process" : comm.getFirst();
    }

    private static boolean holds(long pid, String target) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.anyMatch(file -> {
                try {
                    return Files.readSymbolicLink(file).toString().equals(target);
                } catch (IOException e) {
                    return false; // closed meanwhile
                }
            });
        } catch (IOException e) {
            return false; // somebody else's process
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
