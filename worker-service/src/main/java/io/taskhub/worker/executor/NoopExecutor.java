package io.taskhub.worker.executor;

import jakarta.inject.Singleton;
import java.util.Set;

/** Succeeds at once. What remains is the cost of the engine itself. */
@Singleton
public final class NoopExecutor implements Executor {
    @Override
    public Set<String> types() {
        return Set.of("noop");
    }

    @Override
    public Ended execute(Execution run, Payload payload) {
        return Ended.success();
    }
}
