package io.taskhub.worker.text;

import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Executor;
import io.taskhub.worker.executor.Payload;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * {@code brief.generate} {user_id, key_date, hour_utc=0, target_language=zh-CN} (decisions §7). Without a model the result's status is
 * {@code disabled} and its content is empty.
 */
@Singleton
public final class BriefGenerate implements Executor {
    static final String TYPE = "brief.generate";

    private final BriefWriter writer;
    private final Releases releases;
    private final Clock clock;

    @Inject
    public BriefGenerate(BriefWriter writer, Releases releases) {
        this(writer, releases, Clock.systemUTC());
    }

    BriefGenerate(BriefWriter writer, Releases releases, Clock clock) {
        this.writer = writer;
        this.releases = releases;
        this.clock = clock;
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
        Object user = Wanted.id(payload, "user_id");
        LocalDate date = Wanted.keyDate(payload, clock.instant());
        String language = Wanted.targetLanguage(payload);
        if (!writer.isConfigured()) {
            return ended(user, date, "disabled", "");
        }
        if (!releases.isConfigured()) {
            return Ended.hopeless(Releases.UNKNOWN);
        }
        try {
            return ended(user, date, "ready", writer.write(date, releases.of(user.toString(), date), language));
        } catch (IOException e) {
            return Ended.failed(1, "brief failed: " + e.getMessage());
        }
    }

    private static Ended ended(Object user, LocalDate date, String status, String content) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("user_id", user);
        result.put("key_date", date.toString());
        result.put("status", status);
        result.put("content_length", content.codePointCount(0, content.length()));
        result.put("content", content);
        return Ended.success(Payload.json(result));
    }
}
