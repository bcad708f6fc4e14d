package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a browser agent is to do, step by step: the plan that clients see (decisions §6) and the worker runs.
 *
 * @param task_id Task Center's spelling
 * @param created_at RFC 3339
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Plan(String task_id, String title, String description, String created_at, Meta meta, List<Step> steps) {

    /** The most steps that a plan may have. */
    public static final int MOST_STEPS = 12;

    /** Why it looks like this. {@code overlays} are the planner's own hints for the UI. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Meta(List<String> rationale, List<String> risk_assessment, List<Map<String, Object>> overlays) {}

    /**
     * @param id {@code step-1}, {@code step-2} …
     * @param metadata hints of the planner
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Step(
            String id,
            String title,
            String detail,
            Tool tool,
            List<Validation> validations,
            boolean requires_approval,
            Map<String, Object> metadata) {}

    /**
     * @param waits_for {@code wait} on the wire: what to wait for afterwards: {@code none}, {@code dom_ready} or {@code idle}
     * @param timeout_ms for the step; null = the worker's own limit
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Tool(
            PlanAction kind,
            @JsonProperty("wait") String waits_for,
            @Nullable Long timeout_ms) {
        public static final String NONE = "none";
        public static final String DOM_READY = "dom_ready";
        public static final String IDLE = "idle";
    }

    /** What must hold after the step. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Validation(String description, Condition condition) {}
}
