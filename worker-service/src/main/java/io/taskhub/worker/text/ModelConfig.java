package io.taskhub.worker.text;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** The OpenAI-compatible model of the suite, prefix {@code taskhub.llm} (decisions §7). Without {@code base-url} and {@code model} there is none. */
@ConfigMapping(prefix = "taskhub.llm")
public interface ModelConfig {

    /** With {@code /v1}; env {@code TASKHUB_LLM_BASE_URL}. */
    Optional<URI> baseUrl();

    /** Env {@code TASKHUB_LLM_API_KEY}. */
    Optional<String> apiKey();

    /** Env {@code TASKHUB_LLM_MODEL}. */
    Optional<String> model();

    /** Calls under way at the same time in this process, at least 1; env {@code TASKHUB_LLM_CONCURRENCY}. */
    @WithDefault("4")
    int concurrency();
}
