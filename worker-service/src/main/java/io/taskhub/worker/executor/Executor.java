package io.taskhub.worker.executor;

import java.util.Set;

/** Runs one kind of work. Stateless: many runs share it, each on a virtual thread of its own. */
public interface Executor {

    /** The engine's types that this executor serves. */
    Set<String> types();

    /**
     * Whether its runs only wait for tasks of their own making. Such a run takes no place from the worker's concurrency: if it did,
     * as many of them as there are places would wait for ever for children that find none.
     */
    default boolean waitsForOthers() {
        return false;
    }

    /**
     * Runs to the end, writing its output to {@code run}.
     *
     * @throws InterruptedException when {@link Execution#stop} ended it; whatever it started is gone by then
     * @throws InvalidPayloadException when the payload cannot be run, however often it is tried
     */
    Ended execute(Execution run, Payload payload) throws Exception;
}
