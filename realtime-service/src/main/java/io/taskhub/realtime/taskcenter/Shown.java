package io.taskhub.realtime.taskcenter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code data} of a frame (task-center.md §4), with the event's name in it for readers that get nothing else. */
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface Shown {

    String event();

    /** Where the task stands. {@code message} says why it waits again. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Status(
            String event,
            String status,
            int current_step,
            PlanOverlays plan_overlays,
            String recorded_at,
            @Nullable String message)
            implements Shown {
        Status(String status, int currentStep, PlanOverlays overlays, String recordedAt, @Nullable String message) {
            this("status", status, currentStep, overlays, recordedAt, message);
        }
    }

    record PlanOverlays(List<StepOverlay> steps) {}

    /** The latest box of a step of the plan. */
    record StepOverlay(String id, List<Integer> bbox, String recorded_at) {}

    record Log(String event, String level, String message, String recorded_at) implements Shown {
        Log(String level, String message, String recordedAt) {
            this("log", level, message, recordedAt);
        }
    }

    record Overlay(
            String event,
            String type,
            List<Integer> bbox,
            String content_type,
            String recorded_at,
            String step,
            Map<String, String> meta)
            implements Shown {}

    /** {@code url} is where the gateway serves the file. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Artifact(
            String event,
            String label,
            String path,
            String mime,
            long size,
            String recorded_at,
            @Nullable String url) implements Shown {}

    /** The task failed for good. */
    record Failed(String event, String error_code, String message, String hint, String status, String recorded_at)
            implements Shown {
        Failed(String code, String message, String hint, String recordedAt) {
            this("error", code, message, hint, "failed", recordedAt);
        }
    }
}
