package io.taskhub.worker.executor;

import java.util.Set;

/** Runs one kind of work. Stateless: many runs share it, each on a virtual thread of its own. */
public interface Executor {

    /** The engine's types that this executor serves. */
    Set<String> types();

    /**
     * How many runs of each of its types this process holds beside its concurrency; 0 = they share that. For what waits for something
     * scarcer than a thread: a browser, a model, tasks of its own making. Such runs would fill the worker while they wait, and parents
     * would wait for ever for children that find no place. While so many are held, no more are asked for.
     */
    default int ownPlaces() {
        return 0;
    }

    /**
     * Runs to the end, writing its output to {@code run}.
     *
     * @throws InterruptedException when {@link Execution#stop} ended it; whatever it started is gone by then
     * @throws InvalidPayloadException when the payload cannot be run, however often it is tried
     */
    Ended execute(Execution run, Payload payload) throws Exception;
}
