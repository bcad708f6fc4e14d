package io.taskhub.dag.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON as text, as a tree and as plain values; numbers keep their digits on every way. */
final class JsonTree {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

    private JsonTree() {}

    static ObjectNode parse(String text) {
        try {
            return MAPPER.readValue(text, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored as JSON, but it is none", e);
        }
    }

    static ObjectNode of(Map<String, Object> values) {
        return MAPPER.convertValue(values, ObjectNode.class);
    }

    static Map<String, Object> values(ObjectNode tree) {
        return MAPPER.convertValue(tree, VALUES);
    }
}
