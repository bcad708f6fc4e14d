package io.taskhub.worker.browser;

import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.impl.driver.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Playwright's driver, a Node process, as a task's own: hung on the task's {@link Lifeline} and with nothing of this service's
 * environment. It stands ready beside the service's jar, so that nothing is unpacked or fetched at run time. Playwright makes one
 * object of this class and asks it for every process; whose process it is, is said by the thread.
 */
public final class TaskDriver extends Driver {
    private static final ScopedValue<Start> START = ScopedValue.newInstance();

    private record Start(Path installation, Lifeline lifeline, Map<String, String> environment) {}

    /** Starts a driver for the calling thread, to which its objects belong. */
    static Playwright start(Path installation, Lifeline lifeline, Map<String, String> environment) {
        System.setProperty("playwright.driver.impl", TaskDriver.class.getName());
        return ScopedValue.where(START, new Start(installation, lifeline, environment))
                .call(Playwright::create);
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
