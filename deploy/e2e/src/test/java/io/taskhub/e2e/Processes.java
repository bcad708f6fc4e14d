package io.taskhub.e2e;

import java.util.Arrays;
import java.util.List;

/** What runs on this machine. */
final class Processes {
    private Processes() {}

    /** Processes with exactly this argument: the shell that only mentions it in a script does not count. */
    static List<ProcessHandle> withArgument(String argument) {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info()
                        .arguments()
                        .map(all -> Arrays.asList(all).contains(argument))
                        .orElse(false))
                .toList();
    }
}
