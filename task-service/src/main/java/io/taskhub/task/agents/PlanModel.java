package io.taskhub.task.agents;

import io.taskhub.contracts.TaskId;
import org.jspecify.annotations.Nullable;

/** A language model that plans. */
public interface PlanModel {

    boolean isConfigured();

    /**
     * Blocks while it thinks, for a time that is limited.
     *
     * @param model instead of the configured one; null = that
     * @throws NoPlanException when it has no plan that can be used
     */
    Planned plan(String prompt, TaskId id, @Nullable String model) throws NoPlanException;

    /** The message is a reason that may be shown; {@code retries} counts answers that were asked for again. */
    final class NoPlanException extends Exception {
        private final int retries;

        public NoPlanException(String message, int retries) {
            super(message, null, false, false);
            this.retries = retries;
        }

        public int retries() {
            return retries;
        }
    }
}
