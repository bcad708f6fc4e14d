package io.taskhub.worker.text;

import io.taskhub.contracts.Report;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Executor;
import io.taskhub.worker.executor.Payload;
import io.taskhub.worker.executor.Voice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code translate.release} {release_id, user_id, target_language=zh-CN, source_language=en} (decisions §7). Its result says how it came out:
 * {@code ready}, {@code missing}, {@code disabled}, or {@code error} when it failed.
 */
@Singleton
public final class TranslateRelease implements Executor {
    static final String TYPE = "translate.release";
    static final String FAILED = "translation failed";

    private final Translator translator;
    private final Releases releases;

    @Inject
    public TranslateRelease(Translator translator, Releases releases) {
        this.translator = translator;
        this.releases = releases;
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public int ownPlaces() {
        return Model.WAITING;
    }

    @Override
    public Ended execute(Execution run, Payload payload) throws InterruptedException {
        Wanted.optionalId(payload, "user_id");
        String id = Wanted.id(payload, "release_id").toString();
        String from = Wanted.sourceLanguage(payload);
        String to = Wanted.targetLanguage(payload);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("release_id", id);
        result.put("lang", to);
        if (!translator.isConfigured()) {
            return ended(result, "disabled");
        }
        if (!releases.isConfigured()) {
            return Ended.hopeless(Releases.UNKNOWN);
        }
        try {
            Optional<Release> release = releases.find(id);
            if (release.isEmpty()) {
                return ended(result, "missing");
            }
            String title = release.get().title();
            result.put("title", release.get().isNamed() ? translator.translate(title, from, to) : title);
            result.put("body", translator.translate(release.get().body(), from, to));
            return ended(result, "ready");
        } catch (IOException e) {
            run.log(Voice.WARN, "release " + id + ": " + e.getMessage());
            result.put("status", "error");
            result.put("error", FAILED);
            return new Ended(Report.Outcome.FAILED, true, 1, FAILED, Payload.json(result));
        }
    }

    private static Ended ended(Map<String, Object> result, String status) {
        result.put("status", status);
        return Ended.success(Payload.json(result));
    }
}
