package io.taskhub.task.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.AgentTask;
import io.taskhub.contracts.TaskId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlannersTest {
    private static final TaskId ID = TaskId.of("0199c8f0-0000-7000-8000-00000000002a");

    @Test
    void without_a_model_rules_plan_and_say_so_only_if_it_was_asked_for() {
        assertThat(plan(false, true, null).planner().name()).isEqualTo("rule-based");
        assertThat(plan(false, true, null).plan().meta().rationale())
                .doesNotContain("no model is configured: planned by rules");
        assertThat(plan(false, true, true).plan().meta().rationale())
                .first()
                .isEqualTo("no model is configured: planned by rules");
    }

    @Test
    void with_a_model_it_plans_unless_rules_were_asked_for() {
        assertThat(plan(true, true, null).planner().name()).isEqualTo("llm");
        assertThat(plan(true, true, true).planner().name()).isEqualTo("llm");
        assertThat(plan(true, true, false).planner().name()).isEqualTo("rule-based");
    }

    @Test
    void rules_stand_in_for_a_model_that_has_no_plan() {
        Planned planned = plan(true, false, true);
        assertThat(planned.planner()).isEqualTo(new AgentTask.Planner("rule-based", null, 1));
        assertThat(planned.plan().meta().rationale()).first().asString().contains("it is down", "planned by rules");
        assertThat(planned.plan().steps()).isNotEmpty();
    }

    private static Planned plan(boolean configured, boolean works, @Nullable Boolean byModel) {
        return new Planners(new PlanModel() {
                    @Override
                    public boolean isConfigured() {
                        return configured;
                    }

                    @Override
                    public Planned plan(String prompt, TaskId id, @Nullable String model) throws NoPlanException {
                        if (!works) {
                            throw new NoPlanException("it is down", 1);
                        }
                        return new Planned(
                                RulePlanner.plan(prompt, id), new AgentTask.Planner(Planned.MODEL, model, 0));
                    }
                })
                .plan("open example.com", ID, byModel, "m");
    }
}
