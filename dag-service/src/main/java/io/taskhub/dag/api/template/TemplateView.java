package io.taskhub.dag.api.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.dag.template.Template;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A template as the contract shows it; the times (RFC 3339, UTC) are additive. */
record TemplateView(
        String template_id,
        String name,
        String description,
        ObjectNode task_json_template,
        ObjectNode schema,
        String create_time,
        String update_time) {
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static TemplateView of(Template template) {
        return new TemplateView(
                template.id(),
                template.name(),
                template.description(),
                template.body(),
                template.schema(),
                millis(template.createdAt()),
                millis(template.updatedAt()));
    }

    private static String millis(Instant time) {
        return MILLIS.format(time);
    }
}
