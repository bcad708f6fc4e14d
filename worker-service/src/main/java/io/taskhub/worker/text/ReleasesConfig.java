package io.taskhub.worker.text;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Where releases are, prefix {@code taskhub.releases} (decisions §7). */
@ConfigMapping(prefix = "taskhub.releases")
public interface ReleasesConfig {

    /** {@code GET <url>/{release_id}} and {@code GET <url>?user_id=&date=}; env {@code TASKHUB_RELEASES_URL}. */
    Optional<URI> url();
}
