package io.taskhub.task.artifact;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the store that the configuration chose, and nothing of the others. */
@Dependent
class ArtifactStoreProducer {

    @Produces
    @Singleton
    ArtifactStore store(ArtifactConfig config) {
        return new DirectoryStore(config.dir());
    }
}
