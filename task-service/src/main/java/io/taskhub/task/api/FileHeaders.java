package io.taskhub.task.api;

import io.taskhub.task.artifact.Artifact;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a file is described to HTTP clients, and whether what they have is still the same. */
final class FileHeaders {
    /** As HTTP writes a time: in whole seconds, the day with two digits. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private FileHeaders() {}

    static String etag(Artifact file) {
        return '"' + file.sha256() + '"';
    }

    static String lastModified(Artifact file) {
        return TIME.format(file.createdAt());
    }

    /** {@code If-None-Match}, and only without it {@code If-Modified-Since}. */
    static boolean isKnown(Artifact file, @Nullable String ifNoneMatch, @Nullable String ifModifiedSince) {
        if (ifNoneMatch != null) {
            return Stream.of(ifNoneMatch.split(",", -1))
                    .map(String::strip)
                    .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                    .anyMatch(tag -> tag.equals("*") || tag.equals(etag(file)));
        }
        Instant since = ifModifiedSince == null ? null : date(ifModifiedSince);
        return since != null && !second(file).isAfter(since);
    }

    /** Whether a part may be given to somebody who has another part of what {@code If-Range} names; absent = yes. */
    static boolean isSame(Artifact file, @Nullable String ifRange) {
        return ifRange == null
                || ifRange.strip().equals(etag(file))
                || second(file).equals(date(ifRange.strip()));
    }

    private static Instant second(Artifact file) {
        return file.createdAt().truncatedTo(ChronoUnit.SECONDS);
    }

    private static @Nullable Instant date(String text) {
        try {
            return Instant.from(TIME.parse(text));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
