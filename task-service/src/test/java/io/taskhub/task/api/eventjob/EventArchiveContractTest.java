package io.taskhub.task.api.eventjob;

import static io.taskhub.task.api.eventjob.EventJobContractTest.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.taskhub.contracts.Lease;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.api.Calls;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventArchiveContractTest {
    private static final String DOCUMENT = "Event Name/DE/Track/one.md";
    private static final String IMAGE = "Event Name/assets/one/1.png";

    @Inject
    Calls calls;

    @Inject
    EventJobClient client;

    @Inject
    Database database;

    private Path file;

    @BeforeEach
    void begin() throws IOException {
        file = Files.createTempFile("archive", ".zip");
    }

    @AfterEach
    void end() throws IOException {
        Files.deleteIfExists(file);
    }

    @Test
    void the_archive_of_a_job_has_its_document_its_images_and_a_readme() throws IOException {
        String job = client.job("one");
        client.complete(job, DOCUMENT, IMAGE);
        try (ZipFile zip = download("/jobs/" + job + "/download-archive", "one.zip")) {
            assertThat(names(zip)).containsExactly("README.md", DOCUMENT, IMAGE);
            assertThat(text(zip, DOCUMENT)).isEqualTo(DOCUMENT);
            assertThat(text(zip, IMAGE)).isEqualTo(IMAGE);
            assertThat(text(zip, "README.md"))
                    .contains("# one", "1 of 1 jobs completed", job, "Status: completed", "<https://example.com/one>")
                    .contains("Event Name/DE/Track/one.md");
        }
    }

    @Test
    void a_job_that_is_not_finished_has_no_archive_yet() {
        String job = client.job("unfinished");
        assertError(client.get("/jobs/" + job + "/download-archive"), 409, "conflict");
        Lease lease = client.claim(job);
        assertError(client.get("/jobs/" + job + "/download-archive"), 409, "conflict");
        client.complete(lease, DOCUMENT);
        client.get("/jobs/" + job + "/download-archive").statusCode(200);
    }

    @Test
    void the_archive_of_a_batch_has_what_is_there_and_says_what_is_missing() throws IOException {
        String batch = client.batch("first", "broken", "twin", "waiting");
        List<String> jobs = client.jobsOf(batch);
        client.complete(jobs.get(0), DOCUMENT, IMAGE);
        client.fail(jobs.get(1), "no such page");
        client.complete(jobs.get(2), "Event Name/DE/Other/one.md", IMAGE);
        try (ZipFile zip = download("/batches/" + batch + "/archive", "My Batch.zip")) {
            String twin = jobs.get(2) + "/";
            assertThat(names(zip))
                    .containsExactly("README.md", DOCUMENT, IMAGE, twin + "Event Name/DE/Other/one.md", twin + IMAGE);
            assertThat(text(zip, "README.md"))
                    .contains("2 of 4 jobs completed", "Status: failed", "no such page", "Files: none")
                    .contains(jobs);
        }
    }

    @Test
    void the_head_of_an_archive_names_it_without_making_it() {
        String batch = client.batch("head");
        calls.viewer()
                .head("/api/jobs/batches/" + batch + "/archive")
                .then()
                .statusCode(200)
                .contentType("application/zip")
                .header(
                        "Content-Disposition",
                        equalTo("attachment; filename=\"My Batch.zip\"; filename*=UTF-8''My%20Batch.zip"))
                .body(emptyString());
    }

    @Test
    void an_archive_that_cannot_be_begun_is_an_error_in_the_dialect() {
        String job = client.job("gone");
        client.complete(job, DOCUMENT, IMAGE);
        loseBytes(job, IMAGE);
        assertError(client.get("/jobs/" + job + "/download-archive"), 500, "internal_error");
    }

    @RepeatedTest(5)
    void an_archive_that_breaks_off_does_not_look_whole() {
        String job = client.job("broken off");
        Lease lease = client.claim(job);
        byte[] noise = new byte[1 << 20];
        new Random(7).nextBytes(noise);
        client.store(lease, IMAGE, "image/png", noise);
        client.store(lease, DOCUMENT, "text/markdown");
        client.complete(lease, DOCUMENT, IMAGE);
        loseBytes(job, DOCUMENT);
        assertThatThrownBy(() -> calls.viewer()
                        .get("/api/event-job/jobs/" + job + "/download-archive")
                        .asByteArray())
                .isInstanceOf(IOException.class);
    }

    private void loseBytes(String job, String path) {
        database.read(connection -> {
            try (Binder update = Binder.prepare(
                    connection, "UPDATE artifact SET object = object || 'x' WHERE task_id = ?::uuid AND path = ?")) {
                return update.text(job.substring("job-".length()))
                        .text(path)
                        .statement()
                        .executeUpdate();
            }
        });
    }

    private ZipFile download(String path, String filename) throws IOException {
        byte[] bytes = client.get(path)
                .statusCode(200)
                .contentType("application/zip")
                .header("Content-Disposition", startsWith("attachment; filename=\"" + filename + "\""))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .extract()
                .asByteArray();
        Files.write(file, bytes);
        assertUnzips(file);
        return new ZipFile(file.toFile());
    }

    /** By the tool that people have, where it is. */
    private static void assertUnzips(Path file) throws IOException {
        if (Files.isExecutable(Path.of("/usr/bin/unzip"))) {
            Process unzip = new ProcessBuilder("/usr/bin/unzip", "-t", file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(unzip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).contains("No errors detected");
        }
    }

    private static List<String> names(ZipFile zip) {
        return Collections.list(zip.entries()).stream()
                .map(entry -> ((ZipEntry) entry).getName())
                .toList();
    }

    private static String text(ZipFile zip, String name) throws IOException {
        return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
