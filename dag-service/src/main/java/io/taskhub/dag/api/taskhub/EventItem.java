package io.taskhub.dag.api.taskhub;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.dag.api.JsonBody;
import io.taskhub.dag.query.StoredEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event in lists: the contract's fields, {@code extra}, and its fields again beside them where they hide none. {@code type} is
 * "event" for a node's and "dag" for one of the run itself, whose {@code task_id} is "".
 */
record EventItem(@JsonValue Map<String, Object> fields) {
    static final String OF_NODE = "event";
    static final String OF_RUN = "dag";

    static EventItem of(StoredEvent event) {
        ObjectNode extra = JsonBody.stored(event.extra(), ObjectNode.class);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", event.id());
        fields.put("task_id", event.logicalId() == null ? "" : event.logicalId());
        fields.put("run_id", event.run());
        fields.put("type", event.logicalId() == null ? OF_RUN : OF_NODE);
        fields.put("event", event.event());
        fields.put("ts_ms", event.tsMs());
        fields.put("extra", extra);
        extra.properties().forEach(field -> fields.putIfAbsent(field.getKey(), field.getValue()));
        return new EventItem(fields);
    }
}
