package io.taskhub.worker.document;

import io.taskhub.contracts.StoredArtifact;
import io.taskhub.worker.artifact.ArtifactRefusedException;
import io.taskhub.worker.artifact.Artifacts;
import io.taskhub.worker.executor.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Keeps what a run sends to task-service, or refuses it. */
final class KeptArtifacts implements Artifacts {
    private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
    private volatile @Nullable IOException trouble;

    void fail(IOException thrown) {
        trouble = thrown;
    }

    void refuse() {
        fail(new ArtifactRefusedException("quota exceeded"));
    }

    @Override
    public StoredArtifact store(Work work, Description description, Path file) throws IOException {
        return store(work, description, Files.readAllBytes(file));
    }

    @Override
    public StoredArtifact store(Work work, Description description, byte[] content) throws IOException {
        IOException thrown = trouble;
        if (thrown != null) {
            throw thrown;
        }
        files.put(description.path(), content);
        return new StoredArtifact(description.path(), description.label(), description.mime(), content.length, "");
    }

    Map<String, byte[]> files() {
        return files;
    }

    String text(String path) {
        byte[] content = files.get(path);
        return content == null ? "not stored: " + path : new String(content, StandardCharsets.UTF_8);
    }
}
