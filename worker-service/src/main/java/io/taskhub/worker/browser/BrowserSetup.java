package io.taskhub.worker.browser;

import com.microsoft.playwright.BrowserType.LaunchPersistentContextOptions;
import com.microsoft.playwright.options.Proxy;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import io.taskhub.worker.browser.proxy.CheckingProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What browsers are started with.
 *
 * @param program Chromium
 * @param driver where {@code node} and Playwright's {@code package} are
 * @param work where run directories are made
 */
record BrowserSetup(Path program, Path driver, Path work) {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;
    private static final double START_MS = 30_000;

    /** A socket in a directory of this length still has a name that the kernel takes. */
    private static final int LONGEST_TEMPORARY = 55;

    private static final List<String> DISPLAYS = List.of("DISPLAY", "WAYLAND_DISPLAY");
    private static final List<String> OF_THE_DISPLAY =
            List.of("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR");

    /** Nothing but the proxy is asked for anything: no name is resolved, no datagram sent, nobody called home. */
    private static final List<String> FLAGS = List.of(
            "--proxy-bypass-list=<-loopback>",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
            "--webrtc-ip-handling-policy=disable_non_proxied_udp",
            "--disable-quic",
            "--dns-prefetch-disable",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-domain-reliability",
            "--disable-sync",
            "--no-pings",
            "--no-first-run",
            "--disable-gpu",
            "--disable-crash-reporter",
            "--renderer-process-limit=4",
            "--js-flags=--max-old-space-size=512",
            "--disk-cache-size=67108864");

    static boolean hasDisplay() {
        return DISPLAYS.stream().anyMatch(name -> System.getenv(name) != null);
    }

    LaunchPersistentContextOptions options(Path executable, CheckingProxy proxy, boolean headful) {
        return new LaunchPersistentContextOptions()
                .setExecutablePath(executable)
                .setArgs(FLAGS)
                .setHeadless(!headful)
                // Chromium's sandbox refuses to run as root.
                .setChromiumSandbox(!"root".equals(System.getProperty("user.name")))
                .setProxy(new Proxy("http://127.0.0.1:" + proxy.port())
                        .setUsername(proxy.user())
                        .setPassword(proxy.password()))
                .setViewportSize(WIDTH, HEIGHT)
                .setLocale("en-US")
                .setTimezoneId("UTC")
                .setPermissions(List.of())
                .setServiceWorkers(ServiceWorkerPolicy.BLOCK)
                .setAcceptDownloads(false)
                .setTimeout(START_MS);
    }

    /** Of driver and browser: what they write goes into the run directory, and nothing of ours goes in. */
    Map<String, String> environment(Path directory, boolean headful) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", Programs.SEARCH_PATH,
                "HOME", directory.toString(),
                "LANG", "C.UTF-8",
                "TZ", "UTC",
                "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        if (directory.toString().length() <= LONGEST_TEMPORARY) {
            environment.put("TMPDIR", directory.toString());
        }
        if (headful) {
            OF_THE_DISPLAY.stream()
                    .filter(name -> System.getenv(name) != null)
                    .forEach(name -> environment.put(name, System.getenv(name)));
        }
        return environment;
    }

    /** Says what is missing. */
    void check() {
        if (!Files.isExecutable(program)) {
            throw new RunFailure(ErrorCode.BROWSER_UNAVAILABLE, "no browser at " + program, HINT, null);
        }
        if (!TaskDriver.installedIn(driver)) {
            throw new RunFailure(ErrorCode.BROWSER_UNAVAILABLE, "no browser driver in " + driver, DRIVER_HINT, null);
        }
    }

    static final String HINT =
            "install the package chromium on the worker (Debian and Ubuntu: apt-get install chromium), "
                    + "or set TASKHUB_WORKER_BROWSER_EXECUTABLE to a Chromium";

    private static final String DRIVER_HINT =
            "package the worker again, or set TASKHUB_WORKER_BROWSER_DRIVER to the directory playwright of its build";
}
