package io.taskhub.task.agents;

import io.taskhub.contracts.AgentTask;
import io.taskhub.contracts.Plan;
import io.taskhub.contracts.TaskId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A plan, and who made it. */
public record Planned(Plan plan, AgentTask.Planner planner) {
    /** Task Center's words for the planners. */
    public static final String RULES = "rule-based";

    public static final String MODEL = "llm";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** When the plan of a task counts as made: when its id was. */
    public static String time(TaskId id) {
        return TIME.format(Instant.ofEpochMilli(id.epochMillis()));
    }

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
