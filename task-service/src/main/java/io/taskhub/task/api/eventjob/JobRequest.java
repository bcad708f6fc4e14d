package io.taskhub.task.api.eventjob;

import io.taskhub.contracts.DocumentJob;
import io.taskhub.contracts.Origin;
import io.taskhub.task.NewTask;
import io.taskhub.task.RetryPolicy;
import io.taskhub.task.Task;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.jobs.PathName;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A job as it was asked for, every field filled and checked. */
record JobRequest(DocumentJob asked) {
    static final String QUEUE = "event-job";

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_SESSION = 500;
    private static final int LONGEST_URL = 2_000;
    private static final int LAST_PORT = 65_535;
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,3}");
    /** For what hangs: a job's turn at the model may come late, and each of its steps has a limit of its own. */
    private static final Duration TIMEOUT = Duration.ofHours(6);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(2);
    private static final NewTask.Limits LIMITS =
            new NewTask.Limits(2, new RetryPolicy.Exponential(RETRY_DELAY, 1, RETRY_DELAY, 0), TIMEOUT, false);

    /** @throws io.taskhub.task.api.Failure.Thrown INVALID_REQUEST that names the field */
    static JobRequest parse(Fields fields) {
        String session = fields.required("session", LONGEST_SESSION);
        return new JobRequest(new DocumentJob(
                fields.required("event", LONGEST_NAME),
                session,
                url(fields.required("url", LONGEST_URL)),
                filename(fields.text("filename", LONGEST_NAME, ""), session),
                fields.text("track", LONGEST_NAME, ""),
                language(fields, "source_language", "en"),
                language(fields, "target_language", "de")));
    }

    /** What the worker gets has names that can stand in a path; what clients see of it is what they said. */
    NewTask task(@Nullable UUID batch, String caller) {
        return new NewTask(
                null,
                Origin.EVENTJOB,
                DocumentJob.TYPE,
                QUEUE,
                0,
                List.of(),
                null,
                LIMITS,
                new Task.Description(
                        asked.session(), 0, JsonBody.write(pathSafe()), JsonBody.write(asked), "{}", caller),
                batch == null ? Task.Link.NONE : Task.Link.toBatch(batch),
                null,
                null);
    }

    private DocumentJob pathSafe() {
        return new DocumentJob(
                PathName.of(asked.event(), "event"),
                asked.session(),
                asked.url(),
                asked.filename(),
                asked.track().isEmpty() ? "" : PathName.of(asked.track(), "track"),
                asked.source_language(),
                asked.target_language());
    }

    private static String url(String text) {
        try {
            URI url = new URI(text);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && url.getHost() != null
                    && url.getPort() <= LAST_PORT) {
                return text;
            }
        } catch (URISyntaxException e) {
            throw Fields.invalid("url is not a URL: " + e.getReason());
        }
        throw Fields.invalid("url must be an absolute http or https URL with a host");
    }

    private static String filename(String given, String session) {
        if (given.indexOf('/') >= 0 || given.indexOf('\\') >= 0) {
            throw Fields.invalid("filename must be a name without a path");
        }
        return PathName.document(given.isEmpty() ? PathName.slug(session) : given, "session");
    }

    private static String language(Fields fields, String field, String absent) {
        String language = fields.text(field, LONGEST_NAME, absent);
        if (!LANGUAGE.matcher(language).matches() || !PathName.of(language, "").equals(language)) {
            throw Fields.invalid(field + " must be a language code such as en or pt-BR");
        }
        return language;
    }
}
