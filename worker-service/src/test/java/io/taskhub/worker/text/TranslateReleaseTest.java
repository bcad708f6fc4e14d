package io.taskhub.worker.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.Report.Outcome;
import io.taskhub.worker.executor.Ended;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TranslateReleaseTest {

    @Test
    void a_release_is_fetched_and_its_title_and_text_are_translated() {
        try (World world = new World()) {
            TextRun run = TextRun.start(world.release, "{\"user_id\":1,\"release_id\":291058027}");
            assertThat(run.result()).isEqualTo(TextRun.json("""
                    {"release_id":"291058027","lang":"zh-CN","title":"<News of 291058027>","body":"<Body `x`>","status":"ready"}"""));
            assertThat(run.ended().outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(world.source.asked.getFirst().uri()).hasPath("/releases/291058027");
        }
    }

    @Test
    void a_release_that_is_not_found_is_missing() {
        try (World world = new World()) {
            TextRun run = TextRun.start(world.release, "{\"release_id\":\"404\",\"target_language\":\"de\"}");
            assertThat(run.result()).isEqualTo(TextRun.json("""
                    {"release_id":"404","lang":"de","status":"missing"}"""));
            assertThat(run.ended().outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
    }

    @Test
    void a_failed_call_is_an_error_that_may_be_tried_again() {
        try (World world = new World()) {
            TextRun run = TextRun.start(world.release, "{\"release_id\":500}");
            assertThat(run.result().path("status").asText()).isEqualTo("error");
            assertThat(run.result().path("error").asText()).isEqualTo("translation failed");
            assertThat(run.ended())
                    .extracting(Ended::outcome, Ended::retryable, Ended::message)
                    .containsExactly(Outcome.FAILED, true, "translation failed");
        }
    }

    @Test
    void without_a_model_it_is_disabled_and_nobody_is_asked() {
        try (World world = new World(false, true)) {
            assertThat(TextRun.start(world.release, "{\"release_id\":1}").result())
                    .isEqualTo(TextRun.json("{\"release_id\":\"1\",\"lang\":\"zh-CN\",\"status\":\"disabled\"}"));
            assertThat(world.source.asked).isEmpty();
        }
    }

    @Test
    void without_a_source_it_is_hopeless() {
        try (World world = new World(true, false)) {
            assertThat(TextRun.start(world.release, "{\"release_id\":1}").ended())
                    .isEqualTo(Ended.hopeless("taskhub.releases.url is not configured"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                              | missing release_id
            {"release_id":1.5}                              | release_id must be a whole number or a string of up to 200
            {"release_id":" "}                              | release_id must be a whole number or a string of up to 200
            {"release_id":1,"user_id":[]}                   | user_id must be a whole number or a string of up to 200
            {"release_id":1,"target_language":"no way"}     | target_language must be a language code such as zh-CN
            """)
    void a_payload_that_cannot_be_run_is_refused(String payload, String message) {
        try (World world = new World()) {
            assertThat(TextRun.start(world.release, payload).ended()).isEqualTo(Ended.hopeless(message));
        }
    }
}
