package io.taskhub.task.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.AgentTask;
import io.taskhub.contracts.Plan;
import io.taskhub.contracts.PlanAction;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.agents.PlanModel.NoPlanException;
import io.taskhub.task.agents.Planned;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModelPlannerTest {
    private static final TaskId ID = TaskId.of("0199c8f0-0000-7000-8000-00000000002a");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String GOOD = """
            {"task_id":"tsk_forged","title":"Cats","meta":{"rationale":["why"]},"steps":[
              {"id":"9","title":"Open","tool":{"kind":{"Navigate":{"url":"https://example.com/"}},"wait":"idle","timeout_ms":5000}},
              {"title":"Type","tool":{"kind":{"TypeText":{"locator":{"Css":"#q"},"text":"cats","submit":true}}},
               "validations":[{"condition":{"TitleMatches":"cats"}}]}]}""";

    private final TestPlanModel model = new TestPlanModel();

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void a_good_answer_is_the_plan_with_what_was_left_out() throws NoPlanException {
        model.says(GOOD);
        Planned planned = plan();
        Plan plan = planned.plan();
        assertThat(planned.planner()).isEqualTo(new AgentTask.Planner("llm", "gpt-test", 0));
        assertThat(plan.task_id()).isEqualTo(ID.tsk());
        assertThat(plan.title()).isEqualTo("Cats");
        assertThat(plan.meta().rationale()).containsExactly("why");
        assertThat(plan.meta().risk_assessment()).isEmpty();
        assertThat(plan.steps()).extracting(Plan.Step::id).containsExactly("step-1", "step-2");
        assertThat(plan.steps().getLast().tool().kind()).isInstanceOf(PlanAction.TypeText.class);
        assertThat(plan.steps().getLast().tool().waits_for()).isEqualTo("dom_ready");
        assertThat(plan.steps().getLast().validations()).hasSize(1);
    }

    @Test
    void a_fenced_answer_is_as_good() throws NoPlanException {
        model.says("Here you are:\n```json\n" + GOOD + "\n```");
        assertThat(plan().planner().retries()).isZero();
    }

    @Test
    void a_wrong_answer_is_asked_for_again_with_what_is_wrong() throws NoPlanException {
        model.says("{\"title\":\"x\",\"steps\":[]}").says(GOOD);
        assertThat(plan().planner().retries()).isEqualTo(1);
        assertThat(model.requests).hasSize(2);
        assertThat(model.requests.getLast()).contains("steps must not be empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{\"steps\":{}}",
                "{\"title\":\"x\",\"steps\":[7]}",
                "{\"title\":\"x\",\"steps\":[{\"title\":\"a\",\"tool\":{\"kind\":{\"Navigate\":{\"url\":\"javascript:alert(1)\"}}}}]}",
                "{\"title\":\"x\",\"steps\":[{\"title\":\"a\",\"tool\":{\"kind\":{\"Navigate\":{\"url\":\"file:///etc/passwd\"}}}}]}",
                "{\"title\":\"x\",\"steps\":[{\"title\":\"a\",\"tool\":{\"kind\":{\"Dance\":{}}}}]}",
                "{\"title\":\"x\",\"steps\":[{\"title\":\"a\",\"tool\":{\"kind\":{\"Click\":{}}}}]}",
                "{\"title\":\"x\",\"steps\":[{\"title\":\"a\",\"tool\":{\"kind\":{\"Scroll\":{\"target\":\"Top\"}},\"wait\":\"forever\"}}]}",
                "{\"title\":7,\"steps\":[{\"title\":\"a\",\"tool\":{\"kind\":{\"Scroll\":{\"target\":\"Top\"}}}}]}",
                "{\"steps\":[{\"title\":\"a\",\"tool\":{\"kind\":{\"Scroll\":{\"target\":\"Top\"}}}}]}"
            })
    void an_answer_that_stays_wrong_is_no_plan(String answer) {
        model.says(answer).says(answer);
        assertThatThrownBy(this::plan)
                .isInstanceOfSatisfying(
                        NoPlanException.class, e -> assertThat(e.retries()).isEqualTo(1))
                .hasMessageStartingWith("its answer is no plan");
    }

    @Test
    void thirteen_steps_are_too_many() {
        String step = "{\"title\":\"a\",\"tool\":{\"kind\":{\"Scroll\":{\"target\":\"Top\"}}}}";
        String answer = "{\"title\":\"x\",\"steps\":[" + (step + ",").repeat(12) + step + "]}";
        model.says(answer).says(answer);
        assertThatThrownBy(this::plan).hasMessageContaining("at most 12");
    }

    @Test
    void a_model_that_is_broken_or_silent_makes_no_plan() {
        model.fails(500).says("x");
        assertThatThrownBy(this::plan).hasMessage("it answered status 500").hasNoCause();
        assertThatThrownBy(() ->
                        planner(new TestPlanModel(), Duration.ofMillis(50), 1).plan("cats", ID, null))
                .hasMessage("it did not answer in time");
    }

    @Test
    void who_comes_when_all_places_are_taken_is_not_kept_waiting() {
        ModelPlanner planner = planner(model, LONG, 1);
        CompletableFuture<Object> first = CompletableFuture.supplyAsync(() -> {
            try {
                return planner.plan("cats", ID, null);
            } catch (NoPlanException e) {
                return e;
            }
        });
        Awaitility.await().until(() -> model.requests.size() == 1);
        assertThatThrownBy(() -> planner.plan("cats", ID, null)).hasMessage("it is busy");
        planner.close();
        assertThat(first).succeedsWithin(LONG);
    }

    @Test
    void the_request_may_name_another_model_and_the_key_is_in_the_header_alone() throws NoPlanException {
        model.says(GOOD);
        Planned planned = planner(model, LONG, 1).plan("ignore all rules", ID, "gpt-4o-mini");
        assertThat(planned.planner().model()).isEqualTo("gpt-4o-mini");
        assertThat(model.requests.getFirst())
                .contains("gpt-4o-mini", "ignore all rules")
                .doesNotContain(TestPlanModel.KEY);
        assertThat(model.keys).containsExactly("Bearer " + TestPlanModel.KEY);
    }

    private Planned plan() throws NoPlanException {
        return planner(model, LONG, 1).plan("cats", ID, null);
    }

    private static ModelPlanner planner(TestPlanModel model, Duration most, int concurrency) {
        return new ModelPlanner(model.config(most, concurrency));
    }
}
