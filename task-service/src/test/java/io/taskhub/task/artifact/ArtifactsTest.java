package io.taskhub.task.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.StoredArtifact;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.queue.RunOfATask;
import io.taskhub.task.sql.Database;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArtifactsTest {
    @Inject
    Artifacts artifacts;

    @Inject
    ArtifactSweeper sweeper;

    @Inject
    Database database;

    @Inject
    ArtifactConfig config;

    @Inject
    RunOfATask runs;

    private StoredArtifact store(RunOfATask.Run run, String path, String content) throws IOException {
        return artifacts.store(run.task(), run.claim(), path, "label", "text/plain", stream(content));
    }

    private static InputStream stream(String content) {
        return new ByteArrayInputStream(content.getBytes(UTF_8));
    }

    private String content(TaskId task, String path) throws IOException {
        Artifact artifact = artifacts.find(task, path).orElseThrow();
        try (InputStream in = artifacts.open(artifact, 0, artifact.size())) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private List<Path> objects(TaskId task) throws IOException {
        Path directory = config.dir().resolve(task.uuid().toString());
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void a_run_stores_files_and_they_are_found() throws Exception {
        RunOfATask.Run run = runs.start();
        assertThat(store(run, "a/b.txt", "hello"))
                .isEqualTo(new StoredArtifact(
                        "a/b.txt",
                        "label",
                        "text/plain",
                        5,
                        "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"));
        store(run, "a.txt", "second");
        assertThat(content(run.task(), "a/b.txt")).isEqualTo("hello");
        assertThat(artifacts.of(run.task())).extracting(Artifact::path).containsExactlyInAnyOrder("a/b.txt", "a.txt");

        RunOfATask.Run other = runs.start();
        store(other, "x", "y");
        RunOfATask.Run without = runs.start();
        var all = artifacts
                .ofAll(List.of(run.task(), other.task(), without.task()), 100)
                .orElseThrow();
        assertThat(all).containsOnlyKeys(run.task(), other.task());
        assertThat(all.get(run.task())).hasSize(2);
        assertThat(artifacts.find(run.task(), "x")).isEmpty();
        assertThat(artifacts.find(run.task(), "../x\u0000")).isEmpty();
        assertThat(artifacts.ofAll(List.of(), 100)).hasValue(Map.of());
        assertThat(artifacts.ofAll(List.of(run.task(), other.task()), 1)).isEmpty();
    }

    @Test
    void what_comes_under_the_same_path_takes_its_place() throws Exception {
        RunOfATask.Run run = runs.start();
        store(run, "a", "first");
        Artifact first = artifacts.find(run.task(), "a").orElseThrow();
        store(run, "a", "second");
        assertThat(content(run.task(), "a")).isEqualTo("second");
        assertThat(objects(run.task())).hasSize(1);
        assertThatThrownBy(() -> artifacts.open(first, 0, 1)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void of_many_uploads_of_one_path_at_once_one_stays() throws Exception {
        RunOfATask.Run run = runs.start();
        List<Thread> uploads = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    try {
                        store(run, "a", "content " + i);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }))
                .toList();
        for (Thread upload : uploads) {
            upload.join();
        }
        assertThat(artifacts.of(run.task())).hasSize(1);
        assertThat(content(run.task(), "a")).startsWith("content ");
        assertThat(objects(run.task())).hasSize(1);
    }

    @Test
    void only_the_current_claim_stores_and_its_first_file_ends_the_earlier_ones() throws Exception {
        RunOfATask.Run first = runs.start();
        store(first, "old", "1");
        RunOfATask.Run second = runs.lostAndClaimedAgain(first);
        assertThatThrownBy(() -> store(first, "old", "2")).isInstanceOf(ArtifactException.StaleClaim.class);
        assertThat(content(first.task(), "old")).isEqualTo("1");
        store(second, "new", "3");
        assertThat(artifacts.of(first.task())).extracting(Artifact::path).containsExactly("new");
        assertThat(objects(first.task())).hasSize(1);

        runs.succeed(second);
        assertThatThrownBy(() -> store(second, "late", "4")).isInstanceOf(ArtifactException.StaleClaim.class);
        assertThat(content(first.task(), "new")).isEqualTo("3");
        assertThatThrownBy(() -> artifacts.store(new TaskId(UUID.randomUUID()), 1, "a", "l", "a/b", stream("x")))
                .isInstanceOf(ArtifactException.StaleClaim.class);
    }

    @Test
    void a_claim_that_is_lost_during_the_upload_stores_nothing() throws Exception {
        RunOfATask.Run first = runs.start();
        InputStream slow = new FilterInputStream(stream("x")) {
            private boolean lost;

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (!lost) {
                    lost = true;
                    var unused = runs.lostAndClaimedAgain(first);
                }
                return super.read(bytes, offset, length);
            }
        };
        assertThatThrownBy(() -> artifacts.store(first.task(), first.claim(), "a", "l", "a/b", slow))
                .isInstanceOf(ArtifactException.StaleClaim.class);
        assertThat(artifacts.of(first.task())).isEmpty();
        assertThat(objects(first.task())).isEmpty();
    }

    @Test
    void a_task_has_a_quota() throws Exception {
        RunOfATask.Run run = runs.start();
        Quota quota = new Quota(10, 20, 3);
        assertThatThrownBy(() -> quota.check(new ArtifactTable.Usage(3, 3), 1))
                .isInstanceOf(ArtifactException.OverQuota.class);
        assertThatThrownBy(() -> quota.check(new ArtifactTable.Usage(2, 15), 6))
                .isInstanceOf(ArtifactException.OverQuota.class);
        quota.check(new ArtifactTable.Usage(2, 15), 5);

        runs.sql("INSERT INTO artifact SELECT '" + run.task().uuid() + "', 'f' || i, " + run.claim()
                + ", '', 'a/b', 0, '', '" + run.task().uuid() + "/1/none', 0 FROM generate_series(1, 1000) AS i");
        assertThatThrownBy(() -> store(run, "one-more", "x")).isInstanceOf(ArtifactException.OverQuota.class);
        store(run, "f7", "instead");
        assertThat(objects(run.task())).hasSize(1);
    }

    @Test
    void files_go_with_their_task() throws Exception {
        RunOfATask.Run deleted = runs.start();
        store(deleted, "a", "x");
        runs.succeed(deleted);
        runs.delete(deleted);
        assertThat(artifacts.of(deleted.task())).isEmpty();
        assertThat(objects(deleted.task())).isEmpty();

        RunOfATask.Run expired = runs.start();
        RunOfATask.Run open = runs.start();
        store(expired, "a", "x");
        store(open, "a", "x");
        runs.succeed(expired);
        runs.passSevenDays();
        assertThat(artifacts.of(expired.task())).isEmpty();
        assertThat(objects(expired.task())).isEmpty();
        assertThat(content(open.task(), "a")).isEqualTo("x");
    }

    @Test
    void what_a_crash_left_is_swept_away_when_nobody_can_be_at_it_any_more() throws Exception {
        RunOfATask.Run run = runs.start();
        store(run, "a", "kept");
        Path directory = config.dir().resolve(run.task().uuid() + "/" + run.claim());
        Files.writeString(directory.resolve("unnamed"), "uploaded, but the row was never written");
        Files.writeString(directory.resolve("unnamed.part"), "half an upload");
        Path goneTask = config.dir().resolve(UUID.randomUUID() + "/1");
        Files.createDirectories(goneTask);
        Files.writeString(goneTask.resolve("b"), "its task is gone");
        Path stranger = Files.writeString(config.dir().resolve("README"), "not ours");

        sweeper.runOnce(Instant.now().minus(ArtifactSweeper.UPLOADED_BY_THEN));
        assertThat(directory.resolve("unnamed")).exists();
        long swept = database.write(connection -> {
            try (var lock = connection.prepareStatement(ArtifactSweeper.TRY_LOCK)) {
                lock.execute();
                return sweeper.runOnce(Instant.now().plusSeconds(1));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertThat(swept).as("while another replica is at it").isZero();
        assertThat(directory.resolve("unnamed")).exists();
        sweeper.runOnce(Instant.now().plusSeconds(1));
        assertThat(objects(run.task())).hasSize(1);
        assertThat(content(run.task(), "a")).isEqualTo("kept");
        assertThat(goneTask.getParent()).doesNotExist();
        assertThat(stranger).exists();
    }
}
