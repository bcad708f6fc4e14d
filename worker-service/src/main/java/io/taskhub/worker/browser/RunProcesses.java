package io.taskhub.worker.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The processes that have a run's directory in their command lines, as all of a browser's have, also those that left its group. */
final class RunProcesses {
    private static final Path PROC = Path.of("/proc");
    private static final boolean LINUX = Files.isReadable(PROC.resolve("self/cmdline"));

    private RunProcesses() {}

    static Stream<ProcessHandle> of(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(directory.toString()));
    }

    /** Chromium's children rewrite theirs in a way that the JDK does not read; a process that is only waited for has none. */
    static String commandLine(ProcessHandle process) {
        if (!LINUX) {
            return process.info().commandLine().orElse("");
        }
        try {
            Path file = PROC.resolve(Long.toString(process.pid())).resolve("cmdline");
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // gone in between
        }
    }
}
