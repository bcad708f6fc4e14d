package io.taskhub.worker.artifact;

import io.taskhub.contracts.StoredArtifact;
import io.taskhub.worker.executor.Work;
import java.io.IOException;
import java.nio.file.Path;

/** Where a run puts its files. */
public interface Artifacts {

    /** @param path within the task, with {@code /}; see {@link StoredArtifact} */
    record Description(String path, String label, String mime) {}

    /**
     * Stores a file for the task that {@code work} is, in place of one of the same path. It is there for clients when this returns.
     *
     * @throws ArtifactRefusedException when task-service will not have it: too large, over the quota, the claim is lost
     * @throws IOException when task-service cannot be reached for a while
     */
    StoredArtifact store(Work work, Description description, Path file) throws IOException, InterruptedException;

    /** As the other, of bytes. */
    StoredArtifact store(Work work, Description description, byte[] content) throws IOException, InterruptedException;
}
