package io.taskhub.task.api.admin.diagnostics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The contract's {@code diagnostics}: an outcome and exactly one of the typed parts. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Diagnostics(
        BusinessOutcome business_outcome,
        @Nullable ReleaseBatch translate_release_batch,
        @Nullable DailySlot brief_daily_slot,
        @Nullable GeneratedBrief brief_generate) {
    private static final Set<String> TYPES = Set.of(ReleaseBatch.TYPE, DailySlot.TYPE, GeneratedBrief.TYPE);

    /** Whether there is anything to tell of tasks of a type, so that their progress need be read at all. */
    public static boolean know(String type) {
        return TYPES.contains(type);
    }

    /**
     * Empty for a type that it does not know.
     *
     * @param progress {@code Progressed} and {@code Finished}, ascending
     */
    public static Optional<Diagnostics> of(Task task, List<TaskEvent> progress, Language language) {
        if (!know(task.type())) {
            return Optional.empty();
        }
        Evidence evidence = Evidence.of(task, progress);
        return Optional.of(
                switch (task.type()) {
                    case ReleaseBatch.TYPE -> {
                        ReleaseBatch batch = ReleaseBatch.of(evidence);
                        BusinessOutcome outcome =
                                ReleaseBatchVerdict.of(evidence, batch).in(language);
                        yield new Diagnostics(outcome, batch, null, null);
                    }
                    case DailySlot.TYPE -> {
                        DailySlot slot = DailySlot.of(evidence);
                        BusinessOutcome outcome =
                                DailySlotVerdict.of(evidence, slot).in(language);
                        yield new Diagnostics(outcome, null, slot, null);
                    }
                    default -> {
                        GeneratedBrief brief = GeneratedBrief.of(evidence);
                        yield new Diagnostics(brief.verdict(evidence).in(language), null, null, brief);
                    }
                });
    }
}
