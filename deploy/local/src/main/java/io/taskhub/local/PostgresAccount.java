package io.taskhub.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom the PostgreSQL programs run as. PostgreSQL refuses root, so root's own run enters a user namespace in which the same files
 * belong to an ordinary user, or, where namespaces are forbidden (many containers), becomes {@code nobody}.
 */
enum PostgresAccount {
    /** An ordinary user: nothing to do. */
    SELF(""),
    /** Root, inside a fresh user namespace. */
    NAMESPACE("unshare -U"),
    /** Root, become {@code nobody}; the data directory is given away to it. */
    NOBODY("setpriv --reuid=65534 --regid=65534 --clear-groups");

    private final String prefix;

    PostgresAccount(String prefix) {
        this.prefix = prefix;
    }

    /** What works for the current user on this machine. */
    static PostgresAccount detect() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return SELF;
        }
        if (Commands.present("unshare") && Commands.exitCode(List.of("unshare", "-U", "true"), NULL, 10) == 0) {
            return NAMESPACE;
        }
        if (Commands.present("setpriv")) {
            return NOBODY;
        }
        throw new IllegalStateException(
                "PostgreSQL does not run as root here (no user namespaces, no setpriv): run as another user");
    }

    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>();
        if (!prefix.isEmpty()) {
            whole.addAll(List.of(prefix.split(" ", -1)));
        }
        whole.addAll(command);
        return whole;
    }

    /** Gives a file tree to the account, where it is another one than ours. */
    void own(Path tree) {
        if (this == NOBODY) {
            Commands.run(List.of("chown", "-R", "65534:65534", tree.toString()), NULL, 60);
        }
    }

    /** Makes a directory of ours reachable for the account: {@code nobody} has to pass through its parent. */
    void reach(Path directory) {
        if (this != NOBODY) {
            return;
        }
        List<String> probe = command(List.of("test", "-r", directory.toString()));
        if (Commands.exitCode(probe, NULL, 10) != 0) {
            Commands.run(List.of("chmod", "o+x", directory.resolveSibling(".").toString()), NULL, 10);
        }
        if (Commands.exitCode(probe, NULL, 10) != 0) {
            throw new SuiteRefusal(
                    "PostgreSQL runs as nobody here and cannot enter %s: choose a place that everybody may pass"
                            .formatted(directory));
        }
    }

    /** Where programs may be unpacked so that the account can run them and strangers cannot replace them. */
    Path programDirectory() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path home = Path.of(System.getProperty("user.home", "/tmp"));
        if (this == NOBODY) {
            return Path.of("/var/cache/taskhub");
        }
        if (cache != null && cache.startsWith("/")) {
            return Path.of(cache, "taskhub");
        }
        return Files.isWritable(home)
                ? home.resolve(".cache/taskhub")
                : Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "taskhub-" + System.getProperty("user.name"));
    }

    private static final Path NULL = Path.of("/dev/null");
}
