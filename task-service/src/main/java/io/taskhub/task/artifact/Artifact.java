package io.taskhub.task.artifact;

import io.taskhub.contracts.StoredArtifact;
import io.taskhub.contracts.TaskId;
import java.time.Instant;

/**
 * A file of a task.
 *
 * @param path within the task, see {@link ArtifactPath}
 * @param label for people
 * @param mime a media type, perhaps with parameters
 * @param size bytes
 * @param sha256 of the content, hexadecimal
 * @param object where the store has its bytes; of no interest to clients
 */
public record Artifact(
        TaskId task,
        String path,
        String label,
        String mime,
        long size,
        String sha256,
        Instant createdAt,
        String object) {

    StoredArtifact stored() {
        return new StoredArtifact(path, label, mime, size, sha256);
    }
}
