package io.taskhub.worker.text;

import com.fasterxml.jackson.databind.JsonNode;

/** A release as its source describes it; what it leaves out is "". */
record Release(String id, String name, String tag, String body, String publishedAt) {

    static Release of(JsonNode json) {
        return new Release(
                text(json, "id"),
                text(json, "name"),
                text(json, "tag_name"),
                text(json, "body"),
                text(json, "published_at"));
    }

    /** Its name, or its tag when it has none. */
    String title() {
        return name.isBlank() ? tag : name;
    }

    /** Whether the title says more than the tag. */
    boolean isNamed() {
        return !name.isBlank() && !name.equals(tag);
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }
}
