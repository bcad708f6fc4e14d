package io.taskhub.task.api.admin.diagnostics;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contract's {@code translate_release_batch}.
 *
 * @param release_total how many releases were wanted, by the result or the payload, whichever says more
 * @param items by release, in the order they were first heard of, each as it was last told
 */
public record ReleaseBatch(
        @Nullable UserId target_user_id, long release_total, Summary summary, Progress progress, List<Item> items) {
    static final String TYPE = "translate.release.batch";

    private static final String STAGE = "release";
    private static final String UNNAMED = "unknown";
    private static final List<String> COUNTS = List.of("total", "ready", "missing", "disabled", "error");

    /** Releases by what became of them. */
    public record Summary(long total, long ready, long missing, long disabled, long error) {}

    /** {@code processed}: releases that were heard of. */
    public record Progress(long processed, @Nullable String last_stage) {}

    /** One release. {@code item_error} only of one that failed. */
    public record Item(
            String release_id, String item_status, @Nullable String item_error, String last_event_at) {

        static Item of(String release, Evidence.Step step) {
            String status = step.facts().text("item_status");
            return new Item(
                    release, status == null ? UNNAMED : status, step.facts().text("item_error"), step.at());
        }
    }

    static ReleaseBatch of(Evidence evidence) {
        Collection<Item> items = items(evidence);
        long wanted = evidence.payload().ids("release_ids").size();
        Summary summary = summary(evidence.result(), items, wanted);
        return new ReleaseBatch(
                evidence.payload().user("user_id"),
                Math.max(summary.total(), wanted),
                summary,
                new Progress(
                        items.size(),
                        evidence.steps().isEmpty()
                                ? null
                                : evidence.steps().getLast().stage()),
                List.copyOf(items));
    }

    private static Collection<Item> items(Evidence evidence) {
        Map<String, Item> items = new LinkedHashMap<>();
        for (Evidence.Step step : evidence.steps()) {
            if (step.stage().equals(STAGE)) {
                String id = step.facts().text("release_id");
                String release = id == null ? UNNAMED : id;
                items.put(release, Item.of(release, step));
            }
        }
        return items.values();
    }

    private static Summary summary(Facts result, Collection<Item> items, long wanted) {
        if (!result.hasAny(COUNTS)) {
            return new Summary(
                    Math.max(wanted, items.size()),
                    count(items, "ready"),
                    count(items, "missing"),
                    count(items, "disabled"),
                    count(items, "error"));
        }
        return new Summary(
                result.count("total", Math.max(wanted, items.size())),
                result.count("ready", 0),
                result.count("missing", 0),
                result.count("disabled", 0),
                result.count("error", 0));
    }

    private static long count(Collection<Item> items, String status) {
        return items.stream().filter(item -> item.item_status().equals(status)).count();
    }
}
