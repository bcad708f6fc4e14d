package io.taskhub.task.agents;

import io.taskhub.contracts.AgentTask;
import io.taskhub.contracts.Plan;
import java.util.List;
import java.util.stream.Stream;

/** A plan, and who made it. */
public record Planned(Plan plan, AgentTask.Planner planner) {
    /** Task Center's words for the planners. */
    public static final String RULES = "rule-based";

    public static final String MODEL = "llm";

    static Planned byRules(Plan plan, int retries) {
        return new Planned(plan, new AgentTask.Planner(RULES, null, retries));
    }

    /** The same with one more reason, before the others. */
    Planned because(String reason) {
        Plan.Meta meta = new Plan.Meta(
                Stream.concat(Stream.of(reason), plan.meta().rationale().stream())
                        .toList(),
                plan.meta().risk_assessment(),
                List.copyOf(plan.meta().overlays()));
        return new Planned(
                new Plan(plan.task_id(), plan.title(), plan.description(), plan.created_at(), meta, plan.steps()),
                planner);
    }
}
