package io.taskhub.worker.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import io.taskhub.worker.browser.proxy.CheckingProxy;
import io.taskhub.worker.browser.proxy.Dialer;
import io.taskhub.worker.executor.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The browser of one task, with all that belongs to it. Used and closed by the thread that opened it; {@link #kill} is for others. */
final class BrowserSession implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BrowserSession.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NAME_BYTES = 8;

    private final Path directory;
    private final ThreadGroup threads = new ThreadGroup("browser run");
    private @Nullable Lifeline lifeline;
    private @Nullable CheckingProxy proxy;
    private @Nullable Playwright playwright;
    private volatile boolean killed;

    private BrowserSession(Path directory) {
        this.directory = directory;
    }

    /** A session without a browser yet, so that it can be killed while one starts. */
    static BrowserSession in(Path work) throws IOException {
        byte[] name = new byte[NAME_BYTES];
        RANDOM.nextBytes(name);
        Files.createDirectories(work);
        Path directory = work.toAbsolutePath().resolve("b-" + HexFormat.of().formatHex(name));
        BrowserSession session = new BrowserSession(Files.createDirectory(directory));
        try {
            session.lifeline = Lifeline.of(directory);
            return session;
        } catch (IOException e) {
            session.delete();
            throw e;
        }
    }

    BrowserContext launch(BrowserSetup setup, Dialer dialer, boolean headful, Updates updates) throws IOException {
        Lifeline line = lifeline;
        if (line == null) {
            throw new IllegalStateException("closed");
        }
        CheckingProxy checking = CheckingProxy.start(dialer, reason -> updates.log(Updates.WARN, reason));
        proxy = checking;
        Path executable = line.script(setup.program());
        try {
            Playwright driver = TaskDriver.start(setup.driver(), line, setup.environment(directory, headful), threads);
            playwright = driver;
            return driver.chromium()
                    .launchPersistentContext(
                            directory.resolve("profile"), setup.options(executable, checking, headful));
        } catch (PlaywrightException e) {
            throw new RunFailure(
                    ErrorCode.BROWSER_UNAVAILABLE,
                    "the browser does not start: " + Words.first(e),
                    BrowserSetup.HINT,
                    e);
        }
    }

    CheckingProxy proxy() {
        CheckingProxy checking = proxy;
        if (checking == null) {
            throw new IllegalStateException("not launched");
        }
        return checking;
    }

    /** Ends the browser, from any thread, without waiting; whatever the run's thread is waiting for fails. */
    void kill() {
        killed = true;
        Lifeline line = lifeline;
        if (line != null) {
            line.cut();
        }
    }

    /** Whether it was ended by {@link #kill}. */
    boolean killed() {
        return killed;
    }

    /** Returns when nothing is left of it, neither a process nor a file. */
    @Override
    public void close() {
        if (lifeline != null) {
            lifeline.close();
        }
        try {
            if (playwright != null) {
                playwright.close();
            }
        } catch (PlaywrightException e) {
            LOG.debugf("driver of a killed browser: %s", e.getMessage());
        }
        threads.interrupt();
        try {
            if (proxy != null) {
                proxy.close();
            }
        } catch (IOException e) {
            LOG.warnf("proxy of a browser: %s", e.getMessage());
        }
        delete();
    }

    private void delete() {
        try {
            DirectoryTree.delete(directory);
        } catch (IOException e) {
            LOG.warnf("run directory %s stays: %s", directory, e.getMessage());
        }
    }
}
