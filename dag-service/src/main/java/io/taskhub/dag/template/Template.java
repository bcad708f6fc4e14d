package io.taskhub.dag.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A stored template (taskhub.md, Templates).
 *
 * @param description "" when it has none
 * @param body {@code task_json_template}
 * @param schema of its parameters, {@code {}} when it says nothing about them
 */
public record Template(
        String id,
        String name,
        String description,
        ObjectNode body,
        ObjectNode schema,
        Instant createdAt,
        Instant updatedAt) {

    /** What a client says of a template. */
    public record Draft(String id, String name, String description, ObjectNode body, ObjectNode schema) {}
}
