package io.taskhub.task.agents;

import io.taskhub.contracts.TaskId;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Who plans: the model when it is wanted and there is one, else the rules, which always have an answer. */
@ApplicationScoped
public class Planners {

    /**
     * Blocks while a model thinks, 20 s at most.
     *
     * @param byModel null = if there is one
     * @param model instead of the configured one; null = that
     */
    public Planned plan(String prompt, TaskId id, @Nullable Boolean byModel, @Nullable String model) {
        Planned byRules = Planned.byRules(RulePlanner.plan(prompt, id), 0);
        return Boolean.TRUE.equals(byModel) ? byRules.because("no model is configured: planned by rules") : byRules;
    }
}
