package io.taskhub.worker.text;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Who gets briefs, prefix {@code taskhub.briefs} (decisions §7). */
@ConfigMapping(prefix = "taskhub.briefs")
public interface BriefsConfig {

    /** {@code GET <url>?hour_utc=}; env {@code TASKHUB_BRIEFS_USERS_URL}. */
    Optional<URI> usersUrl();
}
