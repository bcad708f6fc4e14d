package io.taskhub.task.api.eventjob;

import static io.taskhub.task.api.eventjob.EventJobContractTest.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.RestAssured;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.identity.ServiceToken;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Calls;
import io.taskhub.task.api.LeaseHolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventFilesContractTest {
    private static final String DOCUMENT = "Event Name/DE/Track/größe.md";

    @Inject
    Calls calls;

    @Inject
    EventJobClient client;

    @Inject
    LeaseHolder worker;

    @Inject
    ServiceToken tokens;

    @Inject
    Tasks tasks;

    @Test
    void the_file_that_the_results_name_is_downloaded() {
        String job = completed();
        String file = client.get("/jobs/" + job).extract().path("data.results.markdown_file");
        for (String door : List.of("/api/event-job", "/api/jobs")) {
            String text = calls.viewer()
                    .get(door + "/files/" + encoded(file))
                    .then()
                    .statusCode(200)
                    .contentType(startsWith("text/markdown"))
                    .header(
                            "Content-Disposition",
                            startsWith("attachment; filename=\"gr__e.md\"; filename*=UTF-8''gr%C3%B6"))
                    .header("X-Content-Type-Options", equalTo("nosniff"))
                    .extract()
                    .asString();
            assertThat(text).isEqualTo(DOCUMENT);
        }
    }

    @Test
    void the_job_may_be_spelled_in_every_way() {
        String job = completed();
        TaskId task = TaskId.parse(job).orElseThrow();
        long number = tasks.find(job).orElseThrow().number();
        for (String spelling : List.of(task.toString(), task.tsk(), Long.toString(number))) {
            client.get("/files/" + spelling + "/" + encoded(DOCUMENT)).statusCode(200);
        }
    }

    @Test
    void head_says_what_get_would_send() {
        calls.viewer()
                .head("/api/event-job/files/" + path(completed()))
                .then()
                .statusCode(200)
                .header("Content-Length", equalTo(Integer.toString(DOCUMENT.getBytes(StandardCharsets.UTF_8).length)))
                .header("Accept-Ranges", equalTo("bytes"))
                .body(emptyString());
    }

    @Test
    void a_range_is_a_part_and_one_beyond_the_end_is_refused() {
        String path = "/api/event-job/files/" + path(completed());
        int size = DOCUMENT.getBytes(StandardCharsets.UTF_8).length;
        calls.viewer()
                .header("Range", "bytes=0-4")
                .get(path)
                .then()
                .statusCode(206)
                .header("Content-Range", equalTo("bytes 0-4/" + size))
                .body(equalTo("Event"));
        calls.viewer()
                .header("Range", "bytes=-3")
                .get(path)
                .then()
                .statusCode(206)
                .body(equalTo(".md"));
        calls.viewer()
                .header("Range", "bytes=1000-")
                .get(path)
                .then()
                .statusCode(416)
                .header("Content-Range", equalTo("bytes */" + size));
    }

    @Test
    void who_has_the_file_is_told_so_and_a_part_of_another_one_is_not_given() {
        String path = "/api/event-job/files/" + path(completed());
        String etag = calls.viewer().get(path).then().extract().header("ETag");
        assertThat(etag).startsWith("\"");
        calls.viewer().header("If-None-Match", etag).get(path).then().statusCode(304);
        calls.viewer().header("If-None-Match", "\"other\"").get(path).then().statusCode(200);
        calls.viewer()
                .header("Range", "bytes=0-4")
                .header("If-Range", etag)
                .get(path)
                .then()
                .statusCode(206);
        calls.viewer()
                .header("Range", "bytes=0-4")
                .header("If-Range", "\"other\"")
                .get(path)
                .then()
                .statusCode(200);
    }

    @Test
    void whatever_it_is_it_is_a_download() {
        String job = client.job("active");
        Lease lease = client.claim(job);
        for (String type : List.of("text/html", "image/svg+xml", "application/xhtml+xml", "image/png")) {
            client.store(lease, "x." + type.hashCode(), type);
            calls.viewer()
                    .get("/api/event-job/files/" + job + "/x." + type.hashCode())
                    .then()
                    .statusCode(200)
                    .header("Content-Disposition", startsWith("attachment"))
                    .header("Content-Security-Policy", startsWith("sandbox"))
                    .header("X-Content-Type-Options", equalTo("nosniff"));
        }
        client.complete(lease, "x");
    }

    @Test
    void what_is_not_there_is_404_in_the_dialect() {
        String job = completed();
        for (String path : List.of("", job, job + "/", job + "/nothing.md", "nonsense/x", "job-0/x")) {
            assertError(client.get("/files/" + path), 404, "not_found");
        }
    }

    @Test
    void a_file_of_another_dialects_task_is_not_found_here() {
        String other = client.otherDialectsTask();
        Lease lease = worker.claim(TaskId.parse(other).orElseThrow());
        client.store(lease, "a.md", "text/markdown");
        assertError(client.get("/files/" + other + "/a.md"), 404, "not_found");
        worker.succeed(lease, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../%s",
                "./%s",
                "/%s",
                "%s//größe.md",
                "../../../../../../etc/passwd",
                "%%2e%%2e/%%2e%%2e/etc/passwd",
                "..%%2f..%%2fetc%%2fpasswd",
                "..%%5c..%%5cwindows",
                "%s%%00",
                "%s%%00.png",
                "%s/../größe.md",
                "%s/%%2e%%2e/größe.md",
                "%s/."
            })
    void no_trick_leads_to_a_file(String trick) throws IOException, InterruptedException {
        String path = trick.formatted(path(completed())).replace("größe", "gr%C3%B6%C3%9Fe");
        HttpResponse<String> reply = sentAsItIs("/api/event-job/files/" + path);
        assertThat(reply.statusCode()).as(path).isEqualTo(404);
        assertThat(reply.headers().firstValue("Content-Type")).isPresent();
        assertThat(reply.body()).doesNotContain("root:", DOCUMENT);
    }

    @Test
    void a_name_with_an_encoded_separator_is_not_the_path_itself() throws IOException, InterruptedException {
        String path = path(completed());
        HttpResponse<String> reply = sentAsItIs("/api/event-job/files/" + path.replace("/DE/", "%2fDE/"));
        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.body()).contains("\"status\":\"error\"", "\"error_type\":\"not_found\"");
    }

    private HttpResponse<String> sentAsItIs(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + RestAssured.port + path);
        String token = tokens.mint("vic", List.of(Roles.VIEWER), Duration.ofMinutes(5));
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private String completed() {
        String job = client.job("größe");
        client.complete(job, DOCUMENT);
        return job;
    }

    private static String path(String job) {
        return job + "/" + encoded(DOCUMENT);
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
