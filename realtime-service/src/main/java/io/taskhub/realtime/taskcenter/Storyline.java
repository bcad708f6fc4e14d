package io.taskhub.realtime.taskcenter;

import io.taskhub.contracts.AgentUpdate;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.realtime.sse.StreamId;
import io.taskhub.realtime.taskcenter.Shown.StepOverlay;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One task's events, from the first on, turned into frames: at most one for each, so that an id never stands for half of what happened.
 * A task that no agent runs shows its progress as log lines. A run begins anew where the
 * agent says again that its first step begins: a start alone may be that of a run which went on while its lease was thought lost.
 * The end of a run that was restarted is a log line: a terminal frame is always a stream's last.
 */
final class Storyline {
    private static final String QUEUED = "queued";
    private static final String RUNNING = "running";
    private static final String SUCCESS = "success";
    static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String FILES = "soulbrowser-output/artifacts/";

    private final AgentUpdates updates;
    private final Map<String, StepOverlay> overlays = new LinkedHashMap<>();
    private int currentStep;
    private boolean begun;
    private AgentUpdate.@Nullable Failure failure;
    private @Nullable Frame end;

    Storyline(AgentUpdates updates) {
        this.updates = updates;
    }

    /** What can be told now. The events come in order, none left out. An end waits until it is known whether more follows. */
    List<Frame> next(TaskEvent event) {
        String at = RFC_3339.format(Instant.ofEpochMilli(event.subject().ts_ms()));
        Shown shown = shown(event, at);
        if (shown == null) {
            return List.of();
        }
        List<Frame> frames = new ArrayList<>();
        if (end != null) {
            frames.add(new Frame(end.id(), passed(end.shown())));
            end = null;
        }
        Frame frame = new Frame(StreamId.of(event), shown);
        if (event instanceof TaskEvent.Finished) {
            end = frame;
        } else {
            frames.add(frame);
        }
        return frames;
    }

    /** The terminal frame, when no more events follow; empty if the last one was no end. */
    Optional<Frame> end() {
        return Optional.ofNullable(end);
    }

    private static Shown passed(Shown end) {
        return switch (end) {
            case Shown.Failed why -> log("error", why.error_code() + ": " + why.message(), why.recorded_at());
            case Shown.Status success -> log("info", "the run ended: " + success.status(), success.recorded_at());
            case Shown.Log _, Shown.Overlay _, Shown.Artifact _ -> end;
        };
    }

    private @Nullable Shown shown(TaskEvent event, String at) {
        return switch (event) {
            case TaskEvent.Created _ -> status(QUEUED, at, null);
            case TaskEvent.Started _ -> status(RUNNING, at, null);
            case TaskEvent.Progressed progressed -> {
                AgentUpdate update = updates.read(progressed.data());
                yield update == null ? log("info", said(progressed), at) : shown(update);
            }
            case TaskEvent.CancelRequested _ -> log("warn", "cancel requested", at);
            case TaskEvent.Retrying retrying -> {
                String why = retrying.timed_out() ? "timed out" : "failed: " + retrying.error();
                yield status(QUEUED, at, "attempt %d %s".formatted(retrying.attempt(), why));
            }
            case TaskEvent.Returned returned -> status(QUEUED, at, "the worker was " + returned.reason());
            case TaskEvent.Restarted _ -> {
                beginAnew();
                yield status(QUEUED, at, "restarted");
            }
            case TaskEvent.Finished finished ->
                Ending.of(finished, failure)
                        .<Shown>map(end -> new Shown.Failed(end.code(), end.message(), end.hint(), at))
                        .orElseGet(() -> status(SUCCESS, at, null));
            case TaskEvent.Deleted _, TaskEvent.Unknown _ -> null;
        };
    }

    private @Nullable Shown shown(AgentUpdate update) {
        return switch (update) {
            case AgentUpdate.Status status -> {
                if (status.current_step() == 0 && begun) {
                    beginAnew();
                }
                begun = true;
                currentStep = status.current_step();
                yield status(RUNNING, status.recorded_at(), null);
            }
            case AgentUpdate.Log line -> log(line.level(), line.message(), line.recorded_at());
            case AgentUpdate.Overlay overlay -> {
                // the latest stands last
                overlays.remove(overlay.step());
                overlays.put(overlay.step(), new StepOverlay(overlay.step(), overlay.bbox(), overlay.recorded_at()));
                yield new Shown.Overlay(
                        "overlay",
                        overlay.type(),
                        overlay.bbox(),
                        overlay.content_type(),
                        overlay.recorded_at(),
                        overlay.step(),
                        overlay.meta());
            }
            case AgentUpdate.Artifact file ->
                new Shown.Artifact(
                        "artifact",
                        file.label(),
                        file.path(),
                        file.mime(),
                        file.size(),
                        file.recorded_at(),
                        url(file.path()));
            case AgentUpdate.Failure why -> {
                failure = why;
                yield null;
            }
            case AgentUpdate.Unknown _ -> null;
        };
    }

    private void beginAnew() {
        currentStep = 0;
        overlays.clear();
        failure = null;
    }

    private Shown.Status status(String word, String at, @Nullable String message) {
        return new Shown.Status(word, currentStep, new Shown.PlanOverlays(List.copyOf(overlays.values())), at, message);
    }

    private static Shown.Log log(String level, String message, String at) {
        return new Shown.Log(level, message, at);
    }

    private static String said(TaskEvent.Progressed progressed) {
        return progressed.message().isEmpty() ? progressed.stage() : progressed.message();
    }

    /** {@code soulbrowser-output/artifacts/<task>/<file>} is served as {@code /api/tasks/<task>/artifacts/<file>}. */
    private static @Nullable String url(String path) {
        int slash = path.startsWith(FILES) ? path.indexOf('/', FILES.length()) : -1;
        return slash < 0
                ? null
                : encoded("/api/tasks/" + path.substring(FILES.length(), slash) + "/artifacts" + path.substring(slash));
    }

    private static String encoded(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            return path;
        }
    }
}
