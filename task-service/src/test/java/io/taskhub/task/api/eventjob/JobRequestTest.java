package io.taskhub.task.api.eventjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.DocumentJob;
import io.taskhub.contracts.Origin;
import io.taskhub.task.NewTask;
import io.taskhub.task.RetryPolicy;
import io.taskhub.task.Task;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.JsonBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobRequestTest {
    private static final String REQUIRED = "\"event\":\"E\",\"session\":\"S\",\"url\":\"https://example.com/s\"";

    @Test
    void the_contracts_example_is_read_whole() {
        assertThat(parse("""
                {"event":"Event Name","session":"Session Name","url":"https://example.com/session","filename":"session.md",
                 "track":"Track Name","source_language":"en","target_language":"de"}""").asked())
                .isEqualTo(new DocumentJob(
                        "Event Name",
                        "Session Name",
                        "https://example.com/session",
                        "session.md",
                        "Track Name",
                        "en",
                        "de"));
    }

    @Test
    void what_is_left_out_has_the_defaults() {
        assertThat(parse("{" + REQUIRED + ",\"track\":null}").asked())
                .isEqualTo(new DocumentJob("E", "S", "https://example.com/s", "s.md", "", "en", "de"));
    }

    @Test
    void fields_may_stand_below_parameters() {
        DocumentJob asked = parse("{\"job_type\":\"session\",\"track\":\"T\",\"parameters\":{" + REQUIRED
                        + ",\"filename\":\"x\"}}")
                .asked();
        assertThat(asked).isEqualTo(new DocumentJob("E", "S", "https://example.com/s", "x.md", "T", "en", "de"));
    }

    @Test
    void the_worker_gets_names_for_paths_and_the_client_sees_its_own() {
        UUID batch = UUID.randomUUID();
        NewTask task = parse("""
                {"event":"A/B: 2025","session":" One\\n two ","url":"http://h/","track":".."}""").task(batch, "ann");
        assertThat(task.type()).isEqualTo("document");
        assertThat(task.queue()).isEqualTo("event-job");
        assertThat(task.origin()).isEqualTo(Origin.EVENTJOB);
        assertThat(task.limits())
                .isEqualTo(new NewTask.Limits(
                        2,
                        new RetryPolicy.Exponential(Duration.ofSeconds(2), 1, Duration.ofSeconds(2), 0),
                        Duration.ofHours(6),
                        false));
        assertThat(task.link()).isEqualTo(Task.Link.toBatch(batch));
        assertThat(task.description().name()).isEqualTo("One two");
        assertThat(task.description().createdBy()).isEqualTo("ann");
        assertThat(task.description().payload())
                .contains("\"event\":\"A-B- 2025\"", "\"track\":\"track\"", "\"filename\":\"one-two.md\"");
        assertThat(task.description().params()).contains("\"event\":\"A/B: 2025\"", "\"track\":\"..\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | session is required",
                "{\"session\":\"S\",\"url\":\"http://h/\"} | event is required",
                "{\"event\":\"E\",\"url\":\"http://h/\"} | session is required",
                "{\"event\":\"E\",\"session\":\"S\"} | url is required",
                "{\"event\":\" \",\"session\":\"S\",\"url\":\"http://h/\"} | event is required",
                "{\"event\":7,\"session\":\"S\",\"url\":\"http://h/\"} | event must be a string",
                "{\"event\":\"E\\u0000\",\"session\":\"S\",\"url\":\"http://h/\"} | event holds a character that is not allowed",
                "{\"event\":\"E\\ud800\",\"session\":\"S\",\"url\":\"http://h/\"} | event holds a character that is not allowed"
            })
    void a_field_that_is_missing_or_wrong_is_named(String body, String message) {
        assertRefused(body, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com/x",
                "/x",
                "ftp://example.com/x",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "http://",
                "http:///x",
                "http:x",
                "https://exa mple.com/",
                "http://h:99999/",
                "http://[::1"
            })
    void a_url_must_be_absolute_http_with_a_host(String url) {
        assertThatThrownBy(() -> parse("{\"event\":\"E\",\"session\":\"S\",\"url\":\"" + url + "\"}"))
                .isInstanceOf(Failure.Thrown.class)
                .hasMessageStartingWith("url ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP://example.com", "https://user@h:8443/a?b=c#d", "http://[::1]/", "https://münchen.example/ä"
            })
    void other_urls_are_kept_as_they_are(String url) {
        if (!url.contains("münchen")) {
            assertThat(parse("{\"event\":\"E\",\"session\":\"S\",\"url\":\"" + url + "\"}")
                            .asked()
                            .url())
                    .isEqualTo(url);
        }
    }

    @Test
    void limits_are_kept() {
        assertRefused(
                "{\"event\":\"E\",\"session\":\"S\",\"url\":\"http://h/" + "x".repeat(2_000) + "\"}",
                "url has more than 2000 characters");
        assertRefused("{" + REQUIRED + ",\"track\":\"" + "x".repeat(201) + "\"}", "track has more than 200 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "filename,../x.md",
        "filename,a\\\\b.md",
        "target_language,german!",
        "source_language,d",
        "target_language,con"
    })
    void what_would_lead_out_of_the_path_is_refused(String field, String value) {
        assertThatThrownBy(() -> parse("{" + REQUIRED + ",\"" + field + "\":\"" + value + "\"}"))
                .isInstanceOf(Failure.Thrown.class)
                .hasMessageStartingWith(field);
    }

    @Test
    void a_bad_job_of_a_batch_is_named_by_its_index() {
        assertThatThrownBy(() -> batch("{\"jobs\":[{" + REQUIRED + "},{\"event\":\"E\"}]}"))
                .hasMessage("jobs[1]: session is required");
        assertThatThrownBy(() -> batch("{\"jobs\":[7]}")).hasMessage("jobs[0]: must be an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"jobs\":[]}", "{\"jobs\":{}}", "{\"jobs\":null}"})
    void a_batch_has_jobs(String body) {
        assertThatThrownBy(() -> batch(body)).hasMessage("jobs must be an array of 1 to 1000 jobs");
    }

    @Test
    void a_batch_has_at_most_a_thousand_jobs_and_a_name() {
        String jobs =
                IntStream.range(0, 1_001).mapToObj(i -> "{" + REQUIRED + "}").collect(Collectors.joining(","));
        assertThatThrownBy(() -> batch("{\"jobs\":[" + jobs + "]}")).hasMessageStartingWith("jobs must be");
        assertThat(batch("{\"jobs\":[{" + REQUIRED + "}]}").name()).isEqualTo("E");
        assertThat(batch("{\"parameters\":{\"batch_name\":\"B\",\"jobs\":[{\"parameters\":{" + REQUIRED + "}}]}}")
                        .name())
                .isEqualTo("B");
    }

    private static void assertRefused(String body, String message) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(Failure.Thrown.class).hasMessage(message);
    }

    private static JobRequest parse(String json) {
        return JobRequest.parse(fields(json));
    }

    private static BatchRequest batch(String json) {
        return BatchRequest.parse(fields(json));
    }

    private static Fields fields(String json) {
        return new Fields(JsonBody.object(json.getBytes(StandardCharsets.UTF_8), null, JsonBody.LIMIT_BYTES));
    }
}
