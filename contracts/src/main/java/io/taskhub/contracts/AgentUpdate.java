package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code data} of a {@link TaskEvent.Progressed} of a browser agent: what clients of Task Center see of it (task-center.md §4). The
 * event's {@code stage} is the same word as {@code event} here. {@code recorded_at} is RFC 3339 with milliseconds.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event", defaultImpl = AgentUpdate.Unknown.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = AgentUpdate.Status.class, name = "status"),
    @JsonSubTypes.Type(value = AgentUpdate.Log.class, name = "log"),
    @JsonSubTypes.Type(value = AgentUpdate.Overlay.class, name = "overlay"),
    @JsonSubTypes.Type(value = AgentUpdate.Artifact.class, name = "artifact"),
    @JsonSubTypes.Type(value = AgentUpdate.Failure.class, name = "error")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface AgentUpdate {

    /** Step {@code current_step} (from 0) begins. */
    record Status(int current_step, String recorded_at) implements AgentUpdate {}

    /** {@code level}: debug, info, warn or error. */
    record Log(String level, String message, String recorded_at) implements AgentUpdate {}

    /**
     * Where on the page something was done.
     *
     * @param type {@code highlight}
     * @param bbox left, top, right, bottom in CSS pixels of the viewport
     * @param content_type {@code dom}
     * @param step the id of the step that it belongs to
     * @param meta {@code action} and {@code selector}
     */
    record Overlay(
            String type,
            List<Integer> bbox,
            String content_type,
            String recorded_at,
            String step,
            Map<String, String> meta)
            implements AgentUpdate {}

    /** A file was stored. {@code path} is what clients see of it. */
    record Artifact(String label, String path, String mime, long size, String recorded_at) implements AgentUpdate {}

    /** Why the task is about to fail. */
    record Failure(
            String error_code, String message, @Nullable String hint) implements AgentUpdate {}

    /** A kind that this reader is too old for. */
    record Unknown() implements AgentUpdate {}
}
