package io.taskhub.task.api.taskcenter;

import io.taskhub.contracts.AgentUpdate;
import io.taskhub.contracts.TaskEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a task's history says of its last run, folded event by event. A run begins where the agent says again that its first step begins:
 * a start alone may be that of a run which went on while its lease was thought lost. Nothing of the runs before it shows. The newest of each kind are kept when there are too many.
 */
final class AgentRun {
    private static final int MOST = 1_000;

    private final List<AgentUpdate.Overlay> overlays = new ArrayList<>();
    private final List<AgentUpdate.Log> logs = new ArrayList<>();
    private final Map<String, AgentUpdate.Artifact> artifacts = new LinkedHashMap<>();
    private AgentUpdate.@Nullable Failure failure;
    private boolean begun;

    static AgentRun of(List<TaskEvent> events) {
        AgentRun run = new AgentRun();
        events.forEach(run::take);
        return run;
    }

    void take(TaskEvent event) {
        switch (event) {
            case TaskEvent.Restarted restarted -> clear();
            case TaskEvent.Progressed progressed ->
                AgentJson.update(progressed.data()).ifPresent(this::take);
            case TaskEvent.Created e -> {}
            case TaskEvent.Started e -> {}
            case TaskEvent.CancelRequested e -> {}
            case TaskEvent.Retrying e -> {}
            case TaskEvent.Returned e -> {}
            case TaskEvent.Finished e -> {}
            case TaskEvent.Deleted e -> {}
            case TaskEvent.Unknown e -> {}
        }
    }

    private void take(AgentUpdate update) {
        switch (update) {
            case AgentUpdate.Overlay overlay -> keep(overlays, overlay);
            case AgentUpdate.Log log -> keep(logs, log);
            case AgentUpdate.Artifact artifact -> artifacts.put(artifact.path(), artifact);
            case AgentUpdate.Failure last -> failure = last;
            case AgentUpdate.Status status -> begin(status.current_step());
            case AgentUpdate.Unknown unknown -> {}
        }
    }

    private void begin(int step) {
        if (step == 0 && begun) {
            clear();
        }
        begun = true;
    }

    private void clear() {
        overlays.clear();
        logs.clear();
        artifacts.clear();
        failure = null;
    }

    private static <T> void keep(List<T> list, T item) {
        if (list.size() == MOST) {
            list.removeFirst();
        }
        list.add(item);
    }

    /** In the order of their times, as the clients sort them. */
    List<AgentUpdate.Overlay> overlays() {
        return byTime(overlays, AgentUpdate.Overlay::recorded_at);
    }

    List<AgentUpdate.Log> logs() {
        return byTime(logs, AgentUpdate.Log::recorded_at);
    }

    List<AgentUpdate.Artifact> artifacts() {
        return List.copyOf(artifacts.values());
    }

    AgentUpdate.@Nullable Failure failure() {
        return failure;
    }

    /** Where each step was seen last. */
    List<AgentUpdate.Overlay> lastOfEachStep() {
        Map<String, AgentUpdate.Overlay> last = new LinkedHashMap<>();
        for (AgentUpdate.Overlay overlay : overlays()) {
            if (overlay.step() != null) {
                last.put(overlay.step(), overlay);
            }
        }
        return byTime(List.copyOf(last.values()), AgentUpdate.Overlay::recorded_at);
    }

    private static <T> List<T> byTime(List<T> items, Function<T, @Nullable String> time) {
        return items.stream()
                .sorted(Comparator.comparing(time, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }
}
