package io.taskhub.task.agents;

import io.taskhub.contracts.TaskId;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Who plans: the model when it is wanted and there is one, else the rules, which always have an answer. */
@ApplicationScoped
public class Planners {
    private static final Logger LOG = Logger.getLogger(Planners.class);

    private final PlanModel model;

    Planners(PlanModel model) {
        this.model = model;
    }

    /**
     * Blocks while a model thinks. Where rules stand in for it the plan's rationale says why.
     *
     * @param byModel null = if there is one
     * @param name of a model instead of the configured one; null = that
     */
    public Planned plan(String prompt, TaskId id, @Nullable Boolean byModel, @Nullable String name) {
        if (Boolean.FALSE.equals(byModel) || (byModel == null && !model.isConfigured())) {
            return byRules(prompt, id, 0);
        }
        if (!model.isConfigured()) {
            return byRules(prompt, id, 0).because("no model is configured: planned by rules");
        }
        try {
            return model.plan(prompt, id, name);
        } catch (PlanModel.NoPlanException e) {
            LOG.warnf("task %s is planned by rules: %s", id, e.getMessage());
            return byRules(prompt, id, e.retries())
                    .because("the model made no plan (" + e.getMessage() + "): planned by rules");
        }
    }

    private static Planned byRules(String prompt, TaskId id, int retries) {
        return Planned.byRules(RulePlanner.plan(prompt, id), retries);
    }
}
