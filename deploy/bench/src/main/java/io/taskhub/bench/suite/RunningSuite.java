package io.taskhub.bench.suite;

import java.net.URI;
import java.nio.file.Path;

/** A running suite on this machine. */
public interface RunningSuite extends AutoCloseable {

    /** The gateway's address. */
    URI origin();

    /** Where it lists its processes. */
    Path pids();

    /** For the results: how it came to run. */
    String description();

    /** Ends it if it was started here. */
    @Override
    void close();
}
