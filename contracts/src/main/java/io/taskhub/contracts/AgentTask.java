package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Payload of a task of type {@link #TYPE}: a prompt of Task Center's and the plan made for it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AgentTask(
        String prompt,
        Planner planner,
        Plan plan,
        boolean execute,
        boolean headful,
        @Nullable String memory_template) {
    public static final String TYPE = "browser";

    /** Who planned. {@code model} is null for rules; {@code retries} counts answers that had to be asked for again. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Planner(String name, @Nullable String model, int retries) {}
}
