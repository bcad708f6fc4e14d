package io.taskhub.task.artifact;

import io.taskhub.contracts.TaskId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;

/** Keeps bytes under keys {@code <task uuid>/<claim>/<random>}. What was put is durable, and nothing is ever put in place of it. */
interface ArtifactStore {

    /** @param modified by the store's clock */
    record Found(String key, Instant modified) {}

    /**
     * Reads the stream to its end. Until it returns nobody sees anything under the key.
     *
     * @throws ArtifactException.TooLarge beyond {@code limit} bytes; nothing is left then
     */
    Digested put(String key, InputStream content, long limit) throws IOException;

    /**
     * {@code length} bytes from the byte {@code from} on.
     *
     * @throws java.nio.file.NoSuchFileException when there is nothing under the key
     */
    InputStream open(String key, long from, long length) throws IOException;

    /** Those of them that are there. */
    void delete(Collection<String> keys) throws IOException;

    /** Everything of the task. */
    void deleteAll(TaskId task) throws IOException;

    /** Shows everything that is there, rests of broken uploads included, in no order. What comes or goes meanwhile may be missed. */
    void list(Consumer<Found> visitor) throws IOException;
}
