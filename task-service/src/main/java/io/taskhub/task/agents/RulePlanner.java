package io.taskhub.task.agents;

import io.taskhub.contracts.Plan;
import io.taskhub.contracts.PlanAction;
import io.taskhub.contracts.TaskId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans by rules, in English and Chinese (decisions §6): the same prompt and id give the same plan, made when the id was. Never throws, never more than
 * {@link Plan#MOST_STEPS} steps, only http and https addresses.
 */
public final class RulePlanner {
    private static final int TITLE = 60;
    private static final int DESCRIPTION = 300;

    private RulePlanner() {}

    /** @param prompt not blank */
    public static Plan plan(String prompt, TaskId id) {
        boolean chinese = Words.areChinese(prompt);
        PromptReader.Reading reading = PromptReader.read(Quote.spaced(prompt.strip()), chinese);
        List<PlanAction> actions = reading.actions();
        List<String> risks = new ArrayList<>(reading.risks());
        if (actions.size() > Plan.MOST_STEPS) {
            actions = actions.subList(0, Plan.MOST_STEPS);
            risks.add(
                    chinese
                            ? "提示要求的步骤超过 " + Plan.MOST_STEPS + " 个，其余已省略。"
                            : "More than " + Plan.MOST_STEPS + " steps were asked for; the rest is left out.");
        }
        StepWriter writer = new StepWriter(chinese);
        List<Plan.Step> steps = new ArrayList<>();
        for (PlanAction action : actions) {
            steps.add(writer.step(steps.size() + 1, action));
        }
        return new Plan(
                id.tsk(),
                title(prompt, reading.query(), chinese),
                Words.shortened(prompt, DESCRIPTION),
                Planned.time(id),
                new Plan.Meta(reading.notes(), List.copyOf(risks), List.of()),
                List.copyOf(steps));
    }

    private static String title(String prompt, @Nullable String query, boolean chinese) {
        return Words.shortened(query == null ? prompt : (chinese ? "搜索 " : "Search for ") + query, TITLE);
    }
}
