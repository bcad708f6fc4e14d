package io.taskhub.worker.text;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The releases that people follow, if the operator says where they are. */
@Singleton
public final class Releases {
    static final String UNKNOWN = "taskhub.releases.url is not configured";

    private final @Nullable Source source;

    @Inject
    public Releases(ReleasesConfig config) {
        this.source = config.url().map(url -> new Source("releases", url)).orElse(null);
    }

    boolean isConfigured() {
        return source != null;
    }

    /** Empty when there is none of that id. */
    Optional<Release> find(String id) throws IOException, InterruptedException {
        return source().find(id).map(Release::of);
    }

    /** What a user's brief of that day is about, in the source's order. */
    List<Release> of(String user, LocalDate date) throws IOException, InterruptedException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user_id", user);
        parameters.put("date", date.toString());
        List<Release> releases = new ArrayList<>();
        for (JsonNode json : source().list(parameters)) {
            releases.add(Release.of(json));
        }
        return releases;
    }

    private Source source() throws IOException {
        Source configured = source;
        if (configured == null) {
            throw new IOException(UNKNOWN);
        }
        return configured;
    }

    @PreDestroy
    void close() {
        if (source != null) {
            source.close();
        }
    }
}
