package io.taskhub.dag.api.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.dag.api.JsonBody;
import io.taskhub.dag.template.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of the dialect field by field. They may be as large as a DAG: 8 MiB. */
record TemplateBody(ObjectNode fields) {
    private static final String ID = "template_id";
    private static final int MAX_ID = 200;

    static TemplateBody of(byte @Nullable [] body, @Nullable String contentType) {
        ObjectNode fields = JsonBody.object(body, contentType, JsonBody.BATCH_LIMIT_BYTES);
        if (!storable(fields)) {
            throw RequestRefused.badRequest("a text holds NUL or half of a surrogate pair");
        }
        return new TemplateBody(fields);
    }

    /** A text that the database cannot hold could be rendered, but never run. */
    private static boolean storable(JsonNode node) {
        if (node.isTextual()) {
            return JsonBody.storable(node.textValue());
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!JsonBody.storable(field.getKey()) || !storable(field.getValue())) {
                return false;
            }
        }
        for (JsonNode item : node.isArray() ? node : List.<JsonNode>of()) {
            if (!storable(item)) {
                return false;
            }
        }
        return true;
    }

    /** Of {@code POST /template}. */
    Template.Draft draft() {
        String id = id();
        if (id.length() > MAX_ID || id.chars().anyMatch(c -> c == '/' || Character.isISOControl(c))) {
            throw RequestRefused.because("template_id must be at most %d characters, without /".formatted(MAX_ID));
        }
        return draft(id);
    }

    /** Of {@code POST /template/update/{id}}. */
    Template.Draft draftOf(String id) {
        if (!absent(fields.path(ID)) && !id().equals(id)) {
            throw RequestRefused.because("template_id is not the one of the path");
        }
        return draft(id);
    }

    private Template.Draft draft(String id) {
        String name = required("name");
        String description = absent(fields.path("description")) ? "" : text("description");
        if (absent(fields.path("task_json_template"))) {
            throw RequestRefused.missing("task_json_template");
        }
        return new Template.Draft(id, name, description, object("task_json_template"), object("schema"));
    }

    String id() {
        return required(ID);
    }

    /** {@code {}} when absent. */
    ObjectNode params() {
        return object("params");
    }

    private String required(String field) {
        String text = absent(fields.path(field)) ? "" : text(field);
        if (text.isBlank()) {
            throw RequestRefused.missing(field);
        }
        return text;
    }

    private String text(String field) {
        JsonNode value = fields.path(field);
        if (!value.isTextual()) {
            throw RequestRefused.badRequest(field + " must be a string");
        }
        return value.textValue();
    }

    private ObjectNode object(String field) {
        JsonNode value = fields.path(field);
        if (absent(value)) {
            return fields.objectNode();
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw RequestRefused.badRequest(field + " must be an object");
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
