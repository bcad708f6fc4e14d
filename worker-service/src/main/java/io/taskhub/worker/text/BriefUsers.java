package io.taskhub.worker.text;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who gets a brief at which hour, if the operator says where to ask. */
@Singleton
public final class BriefUsers {
    static final String UNKNOWN = "taskhub.briefs.users-url is not configured";
    private static final int MOST = 10_000;

    private final @Nullable Source source;

    /**
     * @param id a number or a string, as the source has it
     * @param lastActiveAt as the source has it, null when it has not
     */
    record User(Object id, @Nullable String lastActiveAt) {}

    @Inject
    public BriefUsers(BriefsConfig config) {
        this.source = config.usersUrl().map(url -> new Source("users", url)).orElse(null);
    }

    boolean isConfigured() {
        return source != null;
    }

    /** Each once, in the source's order. */
    List<User> at(int hourUtc) throws IOException, InterruptedException {
        Source configured = source;
        if (configured == null) {
            throw new IOException(UNKNOWN);
        }
        Map<String, User> users = new LinkedHashMap<>();
        for (JsonNode json : configured.list(Map.of("hour_utc", String.valueOf(hourUtc)))) {
            JsonNode id = json.path("user_id");
            if (!id.isIntegralNumber() && id.asText("").isBlank()) {
                throw new IOException("the source of users names one without user_id");
            }
            users.putIfAbsent(
                    id.asText(),
                    new User(
                            id.isIntegralNumber() ? id.numberValue() : id.asText(),
                            json.path("last_active_at").asText(null)));
        }
        if (users.size() > MOST) {
            throw new IOException("the source names more than " + MOST + " users for one hour");
        }
        return new ArrayList<>(users.values());
    }

    @PreDestroy
    void close() {
        if (source != null) {
            source.close();
        }
    }
}
