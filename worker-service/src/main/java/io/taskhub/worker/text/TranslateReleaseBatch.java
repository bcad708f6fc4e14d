package io.taskhub.worker.text;

import io.taskhub.worker.child.Child;
import io.taskhub.worker.child.ChildNews;
import io.taskhub.worker.child.Children;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Executor;
import io.taskhub.worker.executor.InvalidPayloadException;
import io.taskhub.worker.executor.Payload;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code translate.release.batch} {release_ids, user_id, target_language, source_language}: one {@code translate.release} for each, told as
 * the admin contract has it under "Event payload updates". Without a model there is nothing to order.
 */
@Singleton
public final class TranslateReleaseBatch implements Executor {
    private static final Set<String> STATUSES = Set.of("ready", "missing", "disabled");
    private static final List<String> HANDED_ON = List.of("user_id", "target_language", "source_language");
    private static final String ERROR = "error";
    private static final String STAGE = "release";
    private static final int WHOLE = 100;

    private final Translator translator;
    private final Releases releases;
    private final Children children;

    @Inject
    public TranslateReleaseBatch(Translator translator, Releases releases, Children children) {
        this.translator = translator;
        this.releases = releases;
        this.children = children;
    }

    @Override
    public Set<String> types() {
        return Set.of("translate.release.batch");
    }

    @Override
    public int ownPlaces() {
        return Children.MOST_PARENTS;
    }

    @Override
    public Ended execute(Execution run, Payload payload) throws InterruptedException {
        Wanted.optionalId(payload, "user_id");
        Wanted.sourceLanguage(payload);
        Wanted.targetLanguage(payload);
        Set<String> ids = Wanted.ids(payload, "release_ids");
        Tally tally = new Tally(run, ids.size());
        if (!translator.isConfigured()) {
            ids.forEach(id -> tally.add(id, "disabled", null));
        } else if (!releases.isConfigured()) {
            return Ended.hopeless(Releases.UNKNOWN);
        } else {
            try {
                children.attend(
                        run,
                        () -> ids.stream().map(id -> child(run, payload, id)).toList(),
                        tally::hear);
            } catch (IOException e) {
                return Ended.failed(1, Objects.requireNonNullElse(e.getMessage(), TranslateRelease.FAILED));
            }
        }
        return Ended.success(Payload.json(tally.summary()));
    }

    private static Child child(Execution run, Payload payload, String id) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("release_id", id);
        for (String name : HANDED_ON) {
            if (payload.has(name)) {
                one.put(name, payload.values().get(name));
            }
        }
        return Child.of(run.work(), "batch", id, TranslateRelease.TYPE, Payload.json(one));
    }

    /** What has come out so far, told item by item. */
    private static final class Tally {
        private final Execution run;
        private final Map<String, Integer> counts = new LinkedHashMap<>();
        private final int total;
        private int processed;

        Tally(Execution run, int total) {
            this.run = run;
            this.total = total;
            List.of("ready", "missing", "disabled", ERROR).forEach(status -> counts.put(status, 0));
        }

        void hear(ChildNews news) {
            switch (news) {
                case ChildNews.Started started -> {}
                case ChildNews.Ended(Child child, String data) -> add(child.name(), status(data), child);
                case ChildNews.Failed failed -> add(failed.child().name(), ERROR, failed.child());
            }
        }

        void add(String id, String status, @Nullable Child child) {
            counts.merge(status, 1, Integer::sum);
            processed++;
            Map<String, @Nullable Object> item = new LinkedHashMap<>();
            item.put("stage", STAGE);
            item.put("task_id", run.work().id());
            item.put("release_id", id);
            item.put("item_status", status);
            item.put("item_error", status.equals(ERROR) ? TranslateRelease.FAILED : null);
            if (child != null) {
                item.put("child_task_id", child.id().toString());
            }
            run.progress(processed * WHOLE / total, STAGE, id + ": " + status, Payload.json(item));
        }

        Map<String, Integer> summary() {
            Map<String, Integer> summary = new LinkedHashMap<>();
            summary.put("total", total);
            summary.putAll(counts);
            return summary;
        }

        private static String status(@Nullable String data) {
            try {
                String status = data == null ? ERROR : Payload.of(data).text("status", ERROR);
                return STATUSES.contains(status) ? status : ERROR;
            } catch (InvalidPayloadException e) {
                return ERROR;
            }
        }
    }
}
