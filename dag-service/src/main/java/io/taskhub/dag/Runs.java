package io.taskhub.dag;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What can be done with runs: the use cases that every dialect speaks to. Calls block (but for {@link #whenEnded}); make them on
 * virtual threads. What a call did is committed when it returns, and survives whatever dies afterwards.
 */
public interface Runs {

    /**
     * Stores a run and begins it.
     *
     * @return its id, {@code <epoch_ms>_<6 alphanumerics>}; the one started before when the key is known
     */
    String start(NewRun run);

    /**
     * Completes when the run has ended and that is stored, whichever replica carries it; at once when it has. Holds no thread. The
     * stage is the caller's own: who cancels it (as a {@code CompletableFuture}) is not waited for any more.
     */
    CompletionStage<Void> whenEnded(String run);

    /**
     * Starts nothing new and stops what runs; the run ends as {@link RunStatus#CANCELED} when that has ended.
     *
     * @throws RunException.NotFound when there is none
     * @throws RunException.Finished when it has ended
     */
    void cancel(String run, String reason);

    /**
     * Runs again what did not succeed, under the same run id; what succeeded stays and is not run again.
     *
     * @return ids of the nodes that are to run again
     * @throws RunException.NotFound when there is none
     * @throws RunException.NotFinished while it runs
     * @throws RunException.NothingToRetry when all nodes succeeded
     */
    List<String> retry(String run);
}
