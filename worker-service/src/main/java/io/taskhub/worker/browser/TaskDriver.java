package io.taskhub.worker.browser;

import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.impl.driver.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/**
 * Playwright's driver, a Node process, as a task's own: hung on the task's {@link Lifeline} and with nothing of this service's
 * environment. It stands ready beside the service's jar, so that nothing is unpacked or fetched at run time. Playwright makes one
 * object of this class and asks it for every process; whose process it is, is said by the thread.
 */
public final class TaskDriver extends Driver {
    private static final ScopedValue<Start> START = ScopedValue.newInstance();

    private record Start(Path installation, Lifeline lifeline, Map<String, String> environment) {}

    /**
     * Starts a driver for the calling thread, to which its objects belong.
     *
     * @param threads where Playwright's own threads go, which it does not always end itself. A thread's group is that of the one that
     *     made it, and virtual threads have none to choose
     */
    static Playwright start(
            Path installation, Lifeline lifeline, Map<String, String> environment, ThreadGroup threads) {
        System.setProperty("playwright.driver.impl", TaskDriver.class.getName());
        Start start = new Start(installation, lifeline, environment);
        ThreadFactory factory = Thread.ofPlatform().group(threads).daemon().factory();
        try (ExecutorService creator = Executors.newSingleThreadExecutor(factory)) {
            return created(creator.submit(() -> ScopedValue.where(START, start).call(Playwright::create)));
        }
    }

    private static Playwright created(Future<Playwright> creation) {
        try {
            return creation.get();
        } catch (InterruptedException e) {
            // Makes the executor interrupt its thread, and wait for it.
            Thread.currentThread().interrupt();
            throw new PlaywrightException("interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new PlaywrightException(String.valueOf(cause.getMessage()), cause);
        }
    }

    static boolean installedIn(Path directory) {
        return Files.isExecutable(directory.resolve("node")) && Files.isRegularFile(cli(directory));
    }

    private static Path cli(Path directory) {
        return directory.resolve("package").resolve("cli.js");
    }

    @Override
    protected void initialize(Boolean installBrowsers) {
        // The build did it all, and browsers come from the system.
    }

    @Override
    public Path driverDir() {
        return START.get().installation();
    }

    @Override
    public ProcessBuilder createProcessBuilder() {
        Start start = START.get();
        Path directory = start.installation();
        ProcessBuilder builder = new ProcessBuilder(start.lifeline()
                .command(List.of(
                        directory.resolve("node").toString(),
                        "--diagnostic-dir=" + start.lifeline().directory(),
                        cli(directory).toString())));
        builder.environment().clear();
        builder.environment().putAll(start.environment());
        builder.environment().put("PW_LANG_NAME", "java");
        return builder;
    }
}
