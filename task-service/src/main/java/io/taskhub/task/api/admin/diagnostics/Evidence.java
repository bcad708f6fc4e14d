package io.taskhub.task.api.admin.diagnostics;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.task.Task;
import io.taskhub.task.TaskCatalog.Phase;
import io.taskhub.task.api.Rfc3339;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a task's work.
 *
 * @param error why it failed; empty when nobody said
 * @param result empty before the end
 * @param steps what its worker said since the task was created or restarted, in order
 */
record Evidence(Phase phase, String error, Facts payload, Facts result, List<Step> steps) {

    /** One report of progress. {@code at} as the contract writes times. */
    record Step(int attempt, String stage, Facts facts, String at) {}

    /** @param progress {@code Progressed} and {@code Finished}, ascending; others are passed over */
    static Evidence of(Task task, List<TaskEvent> progress) {
        Phase phase = Phase.of(task.state());
        return new Evidence(
                phase,
                task.result().message().strip(),
                Facts.of(task.description().payload()),
                Facts.of(phase.isEnd() ? task.result().data() : null),
                steps(progress));
    }

    /** What comes after an end belongs to a restart: the task began anew. */
    private static List<Step> steps(List<TaskEvent> progress) {
        List<Step> steps = new ArrayList<>();
        boolean ended = false;
        for (TaskEvent event : progress) {
            if (event instanceof TaskEvent.Finished) {
                ended = true;
            } else if (event instanceof TaskEvent.Progressed said) {
                if (ended) {
                    steps.clear();
                    ended = false;
                }
                steps.add(step(said));
            }
        }
        return List.copyOf(steps);
    }

    private static Step step(TaskEvent.Progressed said) {
        Facts facts = Facts.of(said.data());
        String stage = facts.text("stage");
        Instant at = Instant.ofEpochMilli(said.subject().ts_ms());
        return new Step(said.attempt(), stage == null ? said.stage() : stage, facts, Rfc3339.nanos(at));
    }

    Phrase errorOr(String chinese, String english) {
        return error.isEmpty() ? new Phrase(chinese, english) : Phrase.quoted(error);
    }

    /** The last report of a stage, unless it is from an attempt that was followed by another. */
    @Nullable
    Facts last(String stage) {
        Facts found = null;
        for (Step step : steps) {
            if (step.stage().equals(stage) && step.attempt() == steps.getLast().attempt()) {
                found = step.facts();
            }
        }
        return found;
    }
}
