package io.taskhub.worker.executor;

import java.util.Set;

/** Runs one kind of work. Stateless: many runs share it, each on a virtual thread of its own. */
public interface Executor {

    /** The engine's types that this executor serves. */
    Set<String> types();

    /**
     * Runs to the end, writing its output to {@code run}.
     *
     * @throws InterruptedException when {@link Execution#stop} ended it; whatever it started is gone by then
     * @throws InvalidPayloadException when the payload cannot be run, however often it is tried
     */
    Ended execute(Execution run, Payload payload) throws Exception;
}
