package io.taskhub.task.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.taskhub.contracts.TaskId;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class S3StoreTest {
    @TempDir
    static Path directory;

    private static S3Server server;
    private static ArtifactStore store;

    private final TaskId task = new TaskId(UUID.randomUUID());

    @BeforeAll
    static void start() throws IOException {
        server = S3Server.start(java.nio.file.Files.createDirectory(directory.resolve("buckets")));
        store = new ArtifactStoreProducer().store(config(Map.of("taskhub.artifacts.s3.bucket", S3Server.BUCKET)));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        new ArtifactStoreProducer().close(store);
        server.stop();
    }

    private static ArtifactConfig config(Map<String, String> more) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ArtifactConfig.class)
                .withDefaultValues(Map.of(
                        "taskhub.artifacts.kind", "s3",
                        "taskhub.artifacts.s3.endpoint", server.url().toString(),
                        "taskhub.artifacts.s3.access-key-id", "key",
                        "taskhub.artifacts.s3.secret-access-key", "secret"))
                .withDefaultValues(more)
                .build();
        return config.getConfigMapping(ArtifactConfig.class);
    }

    private String key(String name) {
        return task.uuid() + "/1/" + name;
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static byte[] read(String key, long from, long length) throws IOException {
        try (InputStream in = store.open(key, from, length)) {
            return in.readAllBytes();
        }
    }

    private static List<String> keys() throws IOException {
        List<String> keys = new ArrayList<>();
        store.list(found -> {
            assertThat(found.modified())
                    .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(60));
            keys.add(found.key());
        });
        return keys;
    }

    @Test
    void what_was_put_is_read_whole_or_in_part() throws Exception {
        assertThat(store.put(key("a"), bytes("hello"), 5))
                .isEqualTo(new Digested(5, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"));
        assertThat(read(key("a"), 0, 5)).asString().isEqualTo("hello");
        assertThat(read(key("a"), 1, 3)).asString().isEqualTo("ell");
        store.put(key("empty"), bytes(""), 5);
        assertThat(read(key("empty"), 0, 0)).isEmpty();

        byte[] large = new byte[9 << 20];
        new Random(3).nextBytes(large);
        store.put(key("large"), new ByteArrayInputStream(large), large.length);
        assertThat(read(key("large"), 0, large.length)).isEqualTo(large);
        assertThat(read(key("large"), 5_000_000, 100)).isEqualTo(Arrays.copyOfRange(large, 5_000_000, 5_000_100));
    }

    @Test
    void a_file_that_is_too_large_or_breaks_off_leaves_nothing() throws Exception {
        InputStream breaksOff =
                new SequenceInputStream(bytes("half"), new FilterInputStream(InputStream.nullInputStream()) {
                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        throw new IOException("gone");
                    }
                });
        assertThatThrownBy(() -> store.put(key("a"), bytes("hello"), 4)).isInstanceOf(ArtifactException.TooLarge.class);
        assertThatThrownBy(() -> store.put(key("a"), breaksOff, 100)).hasMessage("gone");
        assertThat(keys()).doesNotContain(key("a"));
        assertThatThrownBy(() -> read(key("a"), 0, 1)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void keys_are_deleted_alone_and_with_their_task() throws Exception {
        TaskId other = new TaskId(UUID.randomUUID());
        String others = other.uuid() + "/1/x";
        for (String key : List.of(key("a"), key("b"), key("c"), others)) {
            store.put(key, bytes("x"), 1);
        }
        store.delete(List.of(key("a"), key("never")));
        assertThat(keys()).contains(key("b"), key("c"), others).doesNotContain(key("a"));
        store.deleteAll(task);
        store.deleteAll(task);
        assertThat(keys()).contains(others).doesNotContain(key("b"), key("c"));
    }

    @Test
    void a_bucket_that_is_not_there_is_an_error_that_says_so() {
        ArtifactStore nowhere =
                new ArtifactStoreProducer().store(config(Map.of("taskhub.artifacts.s3.bucket", "nowhere")));
        assertThatThrownBy(() -> nowhere.put(key("a"), bytes("x"), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bucket");
        assertThatThrownBy(() -> new ArtifactStoreProducer().store(config(Map.of())))
                .hasMessageContaining("taskhub.artifacts.s3.bucket is not set");
    }

    @Test
    void the_configuration_is_a_directory_unless_it_says_otherwise() {
        ArtifactConfig usual = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ArtifactConfig.class)
                .build()
                .getConfigMapping(ArtifactConfig.class);
        assertThat(usual.kind()).isEqualTo(ArtifactConfig.Kind.DIR);
        assertThat(Quota.of(usual)).isEqualTo(new Quota(32L << 20, 256L << 20, 1_000));
        assertThat(Quota.of(config(Map.of("taskhub.artifacts.max-file", "5K"))).fileBytes())
                .isEqualTo(5 << 10);
        assertThatThrownBy(() -> config(Map.of("taskhub.artifacts.kind", "floppy")))
                .hasMessageContaining("floppy");
        assertThatThrownBy(() -> config(Map.of("taskhub.artifacts.s3.buckets", "a")))
                .hasMessageContaining("buckets");
    }
}
