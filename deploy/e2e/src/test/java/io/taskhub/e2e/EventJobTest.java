package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.Download;
import io.taskhub.e2e.client.EventJobs;
import io.taskhub.e2e.client.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code event-job.md}: its own requests, with work that is really done. */
@EndToEnd
class EventJobTest {
    private static final Duration BATCH = Duration.ofSeconds(60);
    private final Hub hub;
    private final EventJobs jobs;

    EventJobTest(Hub hub) {
        this.hub = hub;
        this.jobs = new EventJobs(hub.admin(), "event-job");
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-job", "jobs"})
    void a_page_becomes_a_document_behind_both_doors(String door) {
        EventJobs behind = new EventJobs(hub.admin(), door);
        Reply created = hub.admin()
                .post(
                        behind.path("jobs"),
                        EventJobs.job("Session Name", hub.world().at("/session/1")));
        assertThatReply(created).hasStatus(201).has("/status", "success").has("/data/status", "pending");
        assertThat(created.at("/job")).isEqualTo(created.at("/data"));
        String id = created.text("/data/job_id");

        JsonNode done = behind.awaitStatus(id, "completed");
        assertThat(done.at("/progress/step").asText()).isEqualTo("completed");
        assertThat(done.at("/progress/percent").asInt()).isEqualTo(100);
        assertThat(done.at("/results/assets")).hasSize(1);

        String file = done.at("/results/markdown_file").asText();
        Download markdown = behind.download("GET", "files/" + encoded(file));
        assertThat(markdown.status()).isEqualTo(200);
        assertThat(markdown.text())
                .contains("# Opening session /1")
                .contains("first point")
                .doesNotContain("All sessions")
                .doesNotContain("Imprint");
    }

    @Test
    void a_file_knows_head_range_and_etag() {
        String file = encoded(finished().at("/results/markdown_file").asText());
        Download whole = jobs.download("GET", "files/" + file);
        Download head = jobs.download("HEAD", "files/" + file);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-length")).isEqualTo(String.valueOf(whole.bytes().length));
        assertThat(head.header("etag")).isNotBlank().isEqualTo(whole.header("etag"));

        Download part = jobs.download("GET", "files/" + file, "Range", "bytes=4-9");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.header("content-range")).isEqualTo("bytes 4-9/" + whole.bytes().length);
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(whole.bytes(), 4, 10));

        assertThat(jobs.download("GET", "files/" + file, "Range", "bytes=999999-")
                        .status())
                .isEqualTo(416);
        assertThat(jobs.download("GET", "files/" + file, "If-None-Match", whole.header("etag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void both_archives_are_what_unzip_accepts(@TempDir Path directory) throws Exception {
        JsonNode job = finished();
        Download archive = jobs.download("GET", "jobs/" + job.path("job_id").asText() + "/download-archive");
        assertThat(archive.header("content-disposition"))
                .contains(job.at("/results/archive_filename").asText());
        assertUnzips(directory.resolve("job.zip"), archive);
        assertThat(archive.entries().keySet())
                .contains("README.md", "Event Name/DE/Track Name/session.md")
                .anyMatch(name -> name.startsWith("Event Name/assets/session/"));

        String batch = jobs.createBatch(
                "My Batch",
                List.of(
                        EventJobs.job("One", hub.world().at("/session/one")),
                        EventJobs.job("Two", hub.world().at("/session/two"))));
        jobs.awaitBatch(batch, "completed", BATCH);
        Download all = jobs.download("GET", "batches/" + batch + "/archive");
        assertUnzips(directory.resolve("batch.zip"), all);
        assertThat(all.entries().values())
                .anyMatch(text -> text.contains("session /one"))
                .anyMatch(text -> text.contains("session /two"));
    }

    @Test
    void a_batch_counts_its_jobs() {
        String batch = jobs.createBatch(
                "Mixed",
                List.of(
                        EventJobs.job("Good", hub.world().at("/session/good")),
                        EventJobs.job("Gone", hub.world().at("/gone"))));
        JsonNode data = jobs.awaitBatch(batch, "completed", BATCH);
        assertThat(data.path("job_count").asInt()).isEqualTo(2);
        assertThat(data.path("completed_count").asInt()).isEqualTo(1);
        assertThat(data.path("failed_count").asInt()).isEqualTo(1);
        assertThat(data.path("jobs")).hasSize(2);

        String failed = data.at("/jobs/1/job_id").asText();
        assertThat(data.at("/jobs/1/status").asText()).isEqualTo("failed");
        assertThatReply(hub.admin().post(jobs.path(failed + "/restart")))
                .hasStatus(200)
                .has("/data/job_id", failed)
                .has("/data/status", "pending");
        jobs.awaitStatus(failed, "failed");
        String good = data.at("/jobs/0/job_id").asText();
        assertThatReply(hub.admin().post(jobs.path(good + "/restart")))
                .hasStatus(409)
                .has("/status", "error");
    }

    @Test
    void all_jobs_of_a_batch_fail_when_somebody_says_so() {
        String batch = jobs.createBatch(
                "Held", List.of(EventJobs.job("Slow", hub.world().at("/session/slow"))));
        hub.admin().post(jobs.path("batches/" + batch + "/toggle-active")).expect(200);
        Reply reply =
                hub.admin().post(jobs.path("batches/fail-all"), Map.of("batch_id", batch, "reason", "Manual failure"));
        assertThatReply(reply).hasStatus(200).has("/data/batch_id", batch).has("/data/message", "All jobs failed");
        assertThat(jobs.fetchBatch(batch).text("/data/status")).isIn("failed", "completed");
        assertThatReply(hub.admin()
                        .post(jobs.path("batches/fail-all"), Map.of("batch_id", "batch-nobody", "reason", "x")))
                .hasStatus(404)
                .has("/status", "error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "files/../../../../etc/passwd",
                "files/%2e%2e/%2e%2e/etc/passwd",
                "files/..%2f..%2fetc%2fpasswd",
                "files//etc/passwd",
                "files/%2fetc%2fpasswd",
                "files/JOB/..%5c..%5cetc%5cpasswd",
                "files/JOB/../../etc/passwd",
                "files/JOB/.",
                "files/"
            })
    void a_path_that_would_leave_the_store_is_not_found(String path) {
        String target = jobs.path(path.replace("JOB", finished().path("job_id").asText()));
        String reply = hub.raw("GET " + target + " HTTP/1.1\nHost: localhost\nAuthorization: Bearer "
                + hub.admin().token() + "\nConnection: close\n\n");
        assertThat(reply)
                .startsWith("HTTP/1.1 404")
                .contains("\"status\":\"error\"")
                .doesNotContain("root:");
    }

    private JsonNode finished() {
        return jobs.awaitStatus(
                jobs.create(EventJobs.job("Session Name", hub.world().at("/session/x"))), "completed");
    }

    private static void assertUnzips(Path file, Download archive) throws IOException, InterruptedException {
        assertThat(archive.status()).isEqualTo(200);
        assertThat(archive.header("content-type")).isEqualTo("application/zip");
        Files.write(file, archive.bytes());
        Process unzip = new ProcessBuilder("unzip", "-t", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(unzip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(unzip.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(unzip.exitValue()).as(said).isZero();
    }

    private static String encoded(String path) {
        return path.replace(" ", "%20");
    }
}
