package io.taskhub.task.agents.llm;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
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

    /** Plans that are asked for at the same time in this process; what comes beyond is planned by rules. */
    @WithDefault("4")
    int concurrency();

    /** For a plan, asking again included; env {@code TASKHUB_LLM_PLAN_TIMEOUT}. */
    @WithDefault("20s")
    Duration planTimeout();
}
