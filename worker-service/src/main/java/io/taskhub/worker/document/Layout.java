package io.taskhub.worker.document;

import io.taskhub.contracts.DocumentJob;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where the files of a document lie (decisions §5): {@code <event>/<LANG>/<track>/<filename>} and {@code <event>/assets/<stem>/…}. */
record Layout(String event, String language, String track, String filename) {
    private static final Pattern UNSAFE = Pattern.compile("[/\\\\\\p{Cntrl}]+");
    private static final Pattern ONLY_DOTS = Pattern.compile("\\.*");
    private static final String SUFFIX = ".md";
    private static final int LONGEST = 150;

    /** Names are cleaned, whoever did it before: none of them leads out of its directory. */
    static Layout of(DocumentJob job) {
        return new Layout(
                segment(job.event()),
                segment(job.target_language().toUpperCase(Locale.ROOT)),
                job.track().isBlank() ? "" : segment(job.track()),
                segment(job.filename()));
    }

    private static String segment(String name) {
        String clean = UNSAFE.matcher(name).replaceAll("-").strip();
        String cut = clean.length() > LONGEST
                ? clean.substring(clean.length() - LONGEST).strip()
                : clean;
        return ONLY_DOTS.matcher(cut).matches() ? "_" : cut;
    }

    String document() {
        return event + "/" + language + "/" + (track.isEmpty() ? "" : track + "/") + filename;
    }

    String asset(String name) {
        return event + "/assets/" + stem() + "/" + name;
    }

    /** The address of an asset as the document has it. */
    String link(String name) {
        String up = track.isEmpty() ? "../" : "../../";
        return up + "assets/" + encoded(stem()) + "/" + encoded(name);
    }

    private String stem() {
        String stem = filename.toLowerCase(Locale.ROOT).endsWith(SUFFIX)
                ? filename.substring(0, filename.length() - SUFFIX.length())
                : filename;
        return ONLY_DOTS.matcher(stem).matches() ? "_" : stem;
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
