package io.taskhub.task.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.TaskId;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DirectoryStoreTest {
    private static final TaskId TASK = new TaskId(UUID.randomUUID());
    private static final String KEY = TASK.uuid() + "/1/a";

    @TempDir
    Path parent;

    private Path root() {
        return parent.resolve("made/when/needed");
    }

    private DirectoryStore store() {
        return new DirectoryStore(root());
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static String read(DirectoryStore store, String key, long from, long length) throws IOException {
        try (InputStream in = store.open(key, from, length)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(root())) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root())) {
            return all.filter(path -> !path.equals(root())).toList();
        }
    }

    @Test
    void what_was_put_is_read_whole_or_in_part() throws Exception {
        DirectoryStore store = store();
        assertThat(store.put(KEY, bytes("hello"), 5))
                .isEqualTo(new Digested(5, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"));
        assertThat(read(store, KEY, 0, 5)).isEqualTo("hello");
        assertThat(read(store, KEY, 1, 3)).isEqualTo("ell");
        assertThat(read(store, KEY, 4, 100)).isEqualTo("o");
        assertThat(read(store, KEY, 0, 0)).isEmpty();
        store.put(TASK.uuid() + "/1/empty", bytes(""), 5);
        assertThat(read(store, TASK.uuid() + "/1/empty", 0, 0)).isEmpty();
    }

    @Test
    void nobody_else_can_read_it() throws Exception {
        store().put(KEY, bytes("x"), 1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root().resolve(KEY))))
                .isEqualTo("rw-------");
        for (Path directory :
                List.of(root(), root().resolve(TASK.uuid().toString()), root().resolve(TASK.uuid() + "/1"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void a_file_that_is_too_large_or_breaks_off_leaves_nothing() throws Exception {
        DirectoryStore store = store();
        assertThatThrownBy(() -> store.put(KEY, bytes("hello"), 4)).isInstanceOf(ArtifactException.TooLarge.class);
        assertThatThrownBy(() -> store.put(KEY, breaksOff(), 100)).hasMessage("gone");
        assertThat(files()).noneMatch(Files::isRegularFile);
        assertThatThrownBy(() -> read(store, KEY, 0, 1)).isInstanceOf(NoSuchFileException.class);
    }

    private static InputStream breaksOff() {
        return new SequenceInputStream(bytes("half"), new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("gone");
            }
        });
    }

    @Test
    void no_link_leads_out() throws Exception {
        DirectoryStore store = store();
        Path outside = Files.createDirectories(parent.resolve("outside/1"));
        Files.writeString(outside.resolve("a"), "secret");
        Files.createDirectories(root());
        Files.createSymbolicLink(root().resolve(TASK.uuid().toString()), outside.getParent());

        assertThatThrownBy(() -> read(store, KEY, 0, 6)).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> store.put(TASK.uuid() + "/1/b", bytes("x"), 1))
                .isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> store.delete(List.of(KEY))).isInstanceOf(NotDirectoryException.class);
        store.list(found -> assertThat(found.key()).isNull());
        store.deleteAll(TASK);
        assertThat(outside.resolve("a")).hasContent("secret");
        assertThat(root()).isEmptyDirectory();

        Path claim = Files.createDirectories(root().resolve(TASK.uuid() + "/1"));
        Files.createSymbolicLink(claim.resolve("a"), outside.resolve("a"));
        assertThatThrownBy(() -> read(store, KEY, 0, 6)).isInstanceOf(IOException.class);
    }

    @Test
    void what_is_deleted_leaves_no_directory_behind() throws Exception {
        DirectoryStore store = store();
        String other = TASK.uuid() + "/2/b";
        store.put(KEY, bytes("x"), 1);
        store.put(other, bytes("x"), 1);
        store.delete(List.of(KEY, KEY, TASK.uuid() + "/7/never"));
        assertThat(read(store, other, 0, 1)).isEqualTo("x");
        store.delete(List.of(other));
        assertThat(files()).isEmpty();

        store.put(KEY, bytes("x"), 1);
        store.put(other, bytes("x"), 1);
        store.deleteAll(TASK);
        store.deleteAll(TASK);
        assertThat(files()).isEmpty();
    }

    @Test
    void everything_is_listed_and_an_empty_store_is_none() throws Exception {
        DirectoryStore store = store();
        store.list(found -> assertThat(found).isNull());
        store.put(KEY, bytes("x"), 1);
        Files.writeString(root().resolve(KEY + ".part"), "broken off");
        List<String> keys = new java.util.ArrayList<>();
        store.list(found -> keys.add(found.key()));
        assertThat(keys).containsExactlyInAnyOrder(KEY, KEY + ".part");
    }

    @Test
    void puts_and_deletes_of_one_task_do_not_get_in_each_others_way() throws Exception {
        DirectoryStore store = store();
        var failures = new ConcurrentLinkedQueue<Throwable>();
        List<Thread> threads = Stream.of("a", "b", "c", "d")
                .map(name -> Thread.ofVirtual().start(() -> {
                    try {
                        for (int i = 0; i < 50; i++) {
                            String key = TASK.uuid() + "/1/" + name + i;
                            store.put(key, bytes(name), 1);
                            store.delete(List.of(key));
                        }
                    } catch (IOException | RuntimeException e) {
                        failures.add(e);
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(files()).isEmpty();
    }
}
