package io.taskhub.worker.executor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a run says what it does while it does it. Called by several threads of one run. */
public interface Voice {

    /** Nobody listens: a synchronous run, whose answer carries the output. */
    Voice SILENT = new Voice() {
        @Override
        public void line(int level, int stream, String message, @Nullable Map<String, String> fields) {}

        @Override
        public void progress(int percentage, String stage, String message, @Nullable String data) {}
    };

    int INFO = 1;
    int WARN = 2;
    int STDOUT = 1;
    int STDERR = 2;
    int EVENT = 3;

    /** One line of a log, at most 64 KiB; level and stream as in {@code LogRecord}. */
    void line(int level, int stream, String message, @Nullable Map<String, String> fields);

    /** How far it is: 0 to 100, and a JSON object as text for whoever knows it. */
    void progress(int percentage, String stage, String message, @Nullable String data);
}
