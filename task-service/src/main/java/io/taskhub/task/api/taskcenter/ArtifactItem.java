package io.taskhub.task.api.taskcenter;

import io.taskhub.contracts.AgentUpdate;
import io.taskhub.contracts.TaskId;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A file that an agent left.
 *
 * @param path as clients know it, below {@code soulbrowser-output/artifacts/<task>/}
 * @param size bytes
 * @param url additive: where it is read
 */
public record ArtifactItem(
        String label, String path, @Nullable String mime, long size, String url) {
    private static final String ROOT = "soulbrowser-output/artifacts/";

    static ArtifactItem from(TaskId task, AgentUpdate.Artifact artifact) {
        String root = ROOT + task.tsk() + "/";
        String within = artifact.path().startsWith(root) ? artifact.path().substring(root.length()) : artifact.path();
        return new ArtifactItem(artifact.label(), root + within, artifact.mime(), artifact.size(), url(task, within));
    }

    private static String url(TaskId task, String within) {
        String path = "/api/tasks/" + task.tsk() + "/artifacts/" + within;
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            return path;
        }
    }
}
