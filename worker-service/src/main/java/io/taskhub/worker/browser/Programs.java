package io.taskhub.worker.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is installed on this machine. */
final class Programs {
    static final String SEARCH_PATH = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin");

    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome");

    private static final List<Path> ELSEWHERE = List.of(
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

    private Programs() {}

    static Optional<Path> find(String program) {
        return Arrays.stream(SEARCH_PATH.split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A Chromium, or a browser made of it. */
    static Optional<Path> browser() {
        return Stream.concat(
                        BROWSERS.stream().flatMap(name -> find(name).stream()),
                        ELSEWHERE.stream().filter(Files::isExecutable))
                .findFirst();
    }
}
