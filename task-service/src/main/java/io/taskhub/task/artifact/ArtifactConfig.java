package io.taskhub.task.artifact;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where files of tasks lie and how many there may be, prefix {@code taskhub.artifacts}. */
@ConfigMapping(prefix = "taskhub.artifacts")
public interface ArtifactConfig {

    /** What keeps the bytes. */
    enum Kind {
        DIR,
        S3
    }

    @WithDefault("dir")
    Kind kind();

    /** The directory that all replicas share; made when the first file comes. */
    @WithDefault("data/artifacts")
    Path dir();

    /** Of one file; below {@code quarkus.http.limits.max-body-size}. */
    @WithDefault("32M")
    MemorySize maxFile();

    /** Of all files of one task. */
    @WithDefault("256M")
    MemorySize maxTaskBytes();

    @WithDefault("1000")
    int maxTaskFiles();

    S3 s3();

    /** A bucket for this service alone: what it does not know there is swept away when its name looks like one of its own. */
    interface S3 {
        Optional<String> bucket();

        /** Of a store that is not Amazon's; addressed as {@code <endpoint>/<bucket>/<key>}. */
        Optional<URI> endpoint();

        @WithDefault("us-east-1")
        String region();

        /** Without them they are looked for where Amazon's clients look: environment, profile, the machine's role. */
        Optional<String> accessKeyId();

        Optional<String> secretAccessKey();
    }
}
