package io.taskhub.task.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.Plan;
import io.taskhub.contracts.PlanAction;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.api.Rfc3339;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulePlannerTest {
    private static final TaskId ID = TaskId.of("0199c8f0-0000-7000-8000-00000000002a");

    @ParameterizedTest
    @CsvFileSource(
            resources = "/agents/plans.csv",
            delimiterString = " => ",
            maxCharsPerColumn = 8_000,
            quoteCharacter = '\u0007')
    void a_prompt_becomes_steps(String prompt, String steps) {
        assertThat(PlanWords.of(plan(prompt))).isEqualTo(steps);
    }

    @Test
    void the_contracts_example_has_every_field() {
        Plan plan = plan("在 https://www.wikipedia.org 搜索 SoulBrowser");
        assertThat(plan.task_id()).isEqualTo(ID.tsk());
        assertThat(plan.title()).isEqualTo("搜索 SoulBrowser");
        assertThat(plan.created_at()).isEqualTo(Rfc3339.millis(Instant.ofEpochMilli(ID.epochMillis())));
        assertThat(plan.meta().rationale()).isNotEmpty();
        assertThat(plan.meta().risk_assessment()).contains("会提交表单。");
        assertThat(plan.steps()).extracting(Plan.Step::id).containsExactly("step-1", "step-2");
        assertThat(plan.steps()).allSatisfy(step -> {
            assertThat(step.title()).isNotBlank();
            assertThat(step.tool().timeout_ms()).isPositive();
        });
        assertThat(plan.steps()).extracting(step -> step.tool().waits_for()).containsExactly("dom_ready", "idle");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open javascript:alert(1)",
                "打开 file:///etc/passwd",
                "go to data:text/html,hi",
                "visit ftp://example.com/x",
                "open http://",
                "open https:///path"
            })
    void only_web_addresses_are_opened(String prompt) {
        assertThat(PlanWords.of(plan(prompt))).startsWith("go https://www.bing.com/search?q=");
    }

    @Test
    void more_than_twelve_steps_are_cut_and_it_says_so() {
        Plan plan = plan("open example.com" + ", scroll down".repeat(20));
        assertThat(plan.steps()).hasSize(Plan.MOST_STEPS);
        assertThat(plan.meta().risk_assessment()).anyMatch(risk -> risk.contains("12"));
    }

    @Test
    void whatever_is_asked_there_is_a_plan_that_can_be_run() {
        Random random = new Random(20_260_310);
        for (int i = 0; i < 3_000; i++) {
            String prompt = AnyPrompt.of(random);
            Plan plan = plan(prompt);
            assertThat(plan).as(prompt).isEqualTo(plan(prompt));
            assertSound(prompt, plan);
        }
    }

    @Test
    void long_prompts_of_one_kind_do_no_harm() {
        for (String part : List.of(
                " ",
                ",",
                "a",
                "“",
                "在",
                "点击",
                "click ",
                "www.",
                "a.",
                "http://",
                "'",
                "\"x\" and ",
                "输入a到",
                "[",
                "#a>",
                "and then ",
                "第",
                "9",
                "\ud83d\ude00",
                "a ",
                "the ",
                "to ",
                ". ",
                "\n",
                " \n",
                "#a",
                "并")) {
            for (String verb : List.of("click ", "type a")) {
                String prompt = verb + part.repeat((2_000 - verb.length()) / part.length() - 1) + "x";
                assertSound(prompt, plan(prompt));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"open  example.com and click\tSave", "open   example.com\t and  click   Save"})
    void blanks_count_as_one(String prompt) {
        assertThat(PlanWords.of(plan(prompt))).isEqualTo(PlanWords.of(plan("open example.com and click Save")));
    }

    @Test
    void what_is_quoted_keeps_its_blanks() {
        assertThat(plan("open  example.com and type \"a  b\" into  the name field")
                        .steps())
                .extracting(step -> step.tool().kind())
                .anyMatch(kind ->
                        kind instanceof PlanAction.TypeText(var field, var text, var submit) && text.equals("a  b"));
    }

    private static void assertSound(String prompt, Plan plan) {
        assertThat(plan.steps()).as(prompt).isNotEmpty().hasSizeLessThanOrEqualTo(Plan.MOST_STEPS);
        assertThat(plan.title()).as(prompt).isNotBlank().hasSizeLessThanOrEqualTo(130);
        for (int i = 0; i < plan.steps().size(); i++) {
            Plan.Step step = plan.steps().get(i);
            assertThat(step.id()).isEqualTo("step-" + (i + 1));
            if (step.tool().kind() instanceof PlanAction.Navigate(var url)) {
                assertThat(Address.isValid(url)).as(prompt + " → " + url).isTrue();
            }
            assertThat(PlanAction.of(step.tool().kind().json()))
                    .as(prompt)
                    .isEqualTo(step.tool().kind());
        }
    }

    private static Plan plan(String prompt) {
        return RulePlanner.plan(prompt, ID);
    }
}
