package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Payload of a task of type {@link #TYPE}: a page that becomes a Markdown document with its images (decisions §5). Every field was
 * filled and checked by the dialect.
 *
 * @param url http or https
 * @param filename of the document, ending in {@code .md}; no path
 * @param track "" when none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DocumentJob(
        String event,
        String session,
        String url,
        String filename,
        String track,
        String source_language,
        String target_language) {
    public static final String TYPE = "document";

    /**
     * The result's {@code data}. Paths are those of the task's artifacts: {@code <event>/<LANG>/<track>/<filename>} and
     * {@code <event>/assets/<stem>/…}.
     *
     * @param translated whether the text is in the target language by our doing
     * @param final_url where the redirects ended
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Result(
            String markdown_file,
            List<String> assets,
            String title,
            boolean translated,
            String final_url,
            @Nullable String note) {}

    /** The steps of decisions §5 and the percentage at which each begins. */
    public enum Step {
        INITIALIZING(0),
        FETCHING(5),
        CONVERTING(35),
        ASSETS(50),
        TRANSLATING(75),
        COMPLETED(100);

        private final int percent;

        Step(int percent) {
            this.percent = percent;
        }

        public int percent() {
            return percent;
        }

        /** As clients see it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The last step that begins at or below {@code percent}. */
        public static Step at(int percent) {
            Step found = INITIALIZING;
            for (Step step : values()) {
                if (step.percent <= percent) {
                    found = step;
                }
            }
            return found;
        }
    }
}
