package io.taskhub.task.api.eventjob;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code GET files/{path}} asks for: a job in any spelling, and a file of it. It is read from the path as it was sent, so that nothing
 * which means a separator or a way up only after decoding gets through.
 */
record FilePath(String job, String path) {

    /** @param sent still encoded; empty when it can name no file */
    static Optional<FilePath> parse(String sent) {
        List<String> segments = new ArrayList<>();
        for (String encoded : sent.split("/", -1)) {
            Optional<String> segment = decode(encoded).filter(FilePath::isName);
            if (segment.isEmpty()) {
                return Optional.empty();
            }
            segments.add(segment.get());
        }
        return segments.size() < 2
                ? Optional.empty()
                : Optional.of(
                        new FilePath(segments.getFirst(), String.join("/", segments.subList(1, segments.size()))));
    }

    private static Optional<String> decode(String encoded) {
        try {
            return Optional.of(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isName(String segment) {
        return !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
                && segment.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }
}
