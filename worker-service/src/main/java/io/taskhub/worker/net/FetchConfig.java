package io.taskhub.worker.net;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a client's page may reach, prefix {@code taskhub.fetch} (decisions §5). */
@ConfigMapping(prefix = "taskhub.fetch")
public interface FetchConfig {

    /** Private, loopback and other special addresses too; env {@code TASKHUB_FETCH_ALLOW_PRIVATE}. */
    @WithDefault("false")
    boolean allowPrivate();
}
