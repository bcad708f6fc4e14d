package io.taskhub.task.api;

import io.taskhub.task.artifact.Artifact;
import io.taskhub.task.artifact.ArtifactPath;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a file is described to HTTP clients, and whether what they have is still the same. */
final class FileHeaders {
    /** What a browser shows by itself without running anything. */
    private static final Set<String> SHOWN = Set.of("image/png", "image/jpeg", "image/webp", "image/gif");

    /** As HTTP writes a time: in whole seconds, the day with two digits. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final String PLAIN = "!#$&+-.^_`|~";

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

    /** RFC 6266: the name in ASCII for old clients, and as it is. */
    static String disposition(Artifact file) {
        int parameters = file.mime().indexOf(';');
        String type = (parameters < 0 ? file.mime() : file.mime().substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        String name = ArtifactPath.name(file.path());
        return (SHOWN.contains(type) ? "inline" : "attachment")
                + "; filename=\""
                + name.replaceAll("[^ -~]|[\"%]", "_")
                + "\"; filename*=UTF-8''"
                + encoded(name);
    }

    private static String encoded(String name) {
        StringBuilder out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(String.format("%02X", b));
            }
        }
        return out.toString();
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
