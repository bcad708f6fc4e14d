package io.taskhub.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL 18 as a child of this machine, without installation. It can be stopped and started again on the same port and
 * data, which is what fault tests need. It never outlives this process: its {@link OrphanGuard} stops it when we are killed.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 30;
    private static final long LOG_LIMIT_BYTES = 10L << 20;

    private final PostgresSettings settings;
    private final PostgresAccount account;
    private final Path programs;
    private @Nullable OrphanGuard guard;
    private boolean wanted;

    public EmbeddedPostgres(PostgresSettings settings) {
        this.settings = settings;
        this.account = PostgresAccount.detect();
        this.programs = PostgresBinaries.unpacked(account).resolve("bin");
    }

    /** Starts the server and waits until it answers; the first time it makes the cluster. A server left over on the data is stopped. */
    public synchronized void start() {
        wanted = true;
        dismissGuard();
        Directories.createPrivate(settings.home());
        account.own(settings.home());
        account.reach(settings.home());
        if (!Files.exists(settings.data())) {
            initialize();
        } else {
            stopLeftOver();
        }
        String options = settings.serverOptions().stream().map(o -> "-c " + o).collect(Collectors.joining(" "));
        control(
                START_SECONDS,
                "start",
                "-w",
                "-t",
                String.valueOf(START_SECONDS),
                "-l",
                settings.log().toString(),
                "-o",
                options);
        guard = OrphanGuard.over(pid());
    }

    /** Ends all sessions, writes a checkpoint and stops; does nothing when the server is not running. */
    public synchronized void stop() {
        stop("fast");
    }

    /** Stops as if the power had gone: the next start recovers from the write-ahead log. */
    public synchronized void crash() {
        stop("immediate");
    }

    private void stop(String mode) {
        wanted = false;
        dismissGuard();
        if (pid() >= 0) {
            control(STOP_SECONDS, "stop", "-w", "-t", String.valueOf(STOP_SECONDS), "-m", mode);
        }
    }

    /** Starts the server again when it was started, not stopped, and yet does not run; answers whether that was so. */
    synchronized boolean revive() {
        if (!wanted || pid() >= 0) {
            return false;
        }
        start();
        return true;
    }

    private void dismissGuard() {
        if (guard != null) {
            guard.dismiss();
            guard = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    public int port() {
        return settings.port();
    }

    /** The server's process id, or -1 when it is not running. */
    public long pid() {
        return pidOn(settings.data());
    }

    /** The process id of the server that runs on a data directory, or -1. */
    static long pidOn(Path data) {
        try {
            Path file = data.resolve("postmaster.pid");
            long pid = Long.parseLong(Files.readAllLines(file).getFirst().trim());
            return isPostgres(pid) ? pid : -1;
        } catch (IOException | NumberFormatException | java.util.NoSuchElementException e) {
            return -1;
        }
    }

    /** JDBC address of a database; {@code schema} is searched first when given. */
    public String jdbcUrl(String database, @Nullable String schema) {
        String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(settings.port(), database);
        return schema == null ? url : url + "?currentSchema=" + schema;
    }

    /** A connection of the superuser. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database, null), "postgres", settings.superuserPassword());
    }

    private void initialize() {
        Path fresh = settings.home().resolve("data.new");
        Path password = settings.home().resolve("superuser");
        try {
            Directories.delete(fresh);
            PrivateFiles.write(password, settings.superuserPassword());
            account.own(settings.home());
            Commands.run(
                    account.command(List.of(
                            programs.resolve("initdb").toString(),
                            "--pgdata=" + fresh,
                            "--username=postgres",
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            settings.durable() ? "--sync-method=fsync" : "--no-sync")),
                    settings.log(),
                    START_SECONDS);
            Files.move(fresh, settings.data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the database cluster", e);
        } finally {
            PrivateFiles.delete(password);
        }
    }

    private void stopLeftOver() {
        if (pid() >= 0) {
            control(STOP_SECONDS, "stop", "-w", "-t", String.valueOf(STOP_SECONDS), "-m", "fast");
        } else {
            PrivateFiles.delete(settings.data().resolve("postmaster.pid"));
        }
    }

    private void control(int seconds, String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                programs.resolve("pg_ctl").toString(), "-D", settings.data().toString()));
        command.addAll(List.of(arguments));
        try {
            if (Files.exists(settings.log()) && Files.size(settings.log()) > LOG_LIMIT_BYTES) {
                Path old = settings.log().resolveSibling("postgres.log.1");
                Files.move(settings.log(), old, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Files.exists(settings.log())) {
                Files.createFile(settings.log());
            }
            account.own(settings.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Commands.run(account.command(command), settings.log(), seconds + 5);
    }

    /** A pid file survives a power cut, and then its number may belong to anybody. */
    private static boolean isPostgres(long pid) {
        Path name = Path.of("/proc/" + pid + "/comm");
        try {
            if (Files.exists(name)) {
                return Files.readString(name).trim().equals("postgres");
            }
        } catch (IOException e) {
            return false;
        }
        return ProcessHandle.of(pid)
                .map(p -> p.info().command().orElse("").endsWith("postgres"))
                .orElse(false);
    }
}
