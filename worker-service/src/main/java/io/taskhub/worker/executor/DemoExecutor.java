package io.taskhub.worker.executor;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/** {@code demo} {message, count=5} (decisions §4): {@code count} steps of 500 ms, each telling how far it is. */
@Singleton
public final class DemoExecutor implements Executor {
    private static final long DEFAULT_COUNT = 5;
    private static final long MOST = 10_000;
    private static final int WHOLE = 100;

    private final Duration step;

    @Inject
    public DemoExecutor() {
        this(Duration.ofMillis(500));
    }

    DemoExecutor(Duration step) {
        this.step = step;
    }

    @Override
    public Set<String> types() {
        return Set.of("demo");
    }

    @Override
    public Ended execute(Execution run, Payload payload) throws InterruptedException {
        long count = payload.integer("count", DEFAULT_COUNT);
        if (count < 1 || count > MOST) {
            throw new InvalidPayloadException("count must be 1 to " + MOST);
        }
        String message = payload.text("message", "");
        for (long i = 1; i <= count; i++) {
            Thread.sleep(step);
            run.progress((int) (i * WHOLE / count), "processing", "Step " + i + "/" + count + ": " + message);
        }
        return Ended.success();
    }
}
