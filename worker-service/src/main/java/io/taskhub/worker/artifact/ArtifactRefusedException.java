package io.taskhub.worker.artifact;

import java.io.IOException;

/** task-service will not have the file, however often it is sent. */
public final class ArtifactRefusedException extends IOException {
    public ArtifactRefusedException(String message) {
        super(message);
    }
}
