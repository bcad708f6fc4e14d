package io.taskhub.task.api;

import io.taskhub.task.artifact.Artifact;
import io.taskhub.task.artifact.ArtifactPath;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** {@code Content-Disposition} (RFC 6266): the name in ASCII for old clients, and as it is. */
public final class Disposition {
    /** What a browser shows by itself without running anything. */
    private static final Set<String> SHOWN = Set.of("image/png", "image/jpeg", "image/webp", "image/gif");

    private static final String PLAIN = "!#$&+-.^_`|~";

    private Disposition() {}

    /** Of what is saved, never shown. */
    public static String attachment(String name) {
        return "attachment" + named(name);
    }

    /** Of a file of a task: shown if it is an image, else saved. */
    public static String inline(Artifact file) {
        int parameters = file.mime().indexOf(';');
        String type = (parameters < 0 ? file.mime() : file.mime().substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        return (SHOWN.contains(type) ? "inline" : "attachment") + named(ArtifactPath.name(file.path()));
    }

    private static String named(String name) {
        return "; filename=\"" + name.replaceAll("[^ -~]|[\"\\\\%]", "_") + "\"; filename*=UTF-8''" + encoded(name);
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
}
