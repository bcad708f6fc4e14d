package io.taskhub.dag.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.dag.api.Failure.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, parsed once. Numbers keep their digits (as a double, 1e400 would come back as no JSON at all), and what the
 * database cannot hold as text can be told from what it can.
 */
public final class JsonBody {
    /** Of one request (decisions §1). */
    public static final int LIMIT_BYTES = 1 << 20;

    /** Of a batch. */
    public static final int BATCH_LIMIT_BYTES = 8 << 20;

    /** Why {@link #allStorable} said no. */
    public static final String NOT_STORABLE = "a text holds NUL or half of a surrogate pair";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);
    private static final ObjectWriter WRITER = MAPPER.writer();

    private JsonBody() {}

    /**
     * The JSON object that a request carries.
     *
     * @param contentType absent = JSON
     * @throws Failure.Thrown INVALID_REQUEST, REQUEST_TOO_LARGE or UNSUPPORTED_MEDIA_TYPE
     */
    public static ObjectNode object(byte @Nullable [] body, @Nullable String contentType, int limitBytes) {
        if (!isJson(contentType)) {
            throw new Failure.Thrown(Kind.UNSUPPORTED_MEDIA_TYPE, "content type must be application/json");
        }
        if (body == null || body.length == 0) {
            throw new Failure.Thrown(Kind.INVALID_REQUEST, "invalid json: empty body");
        }
        if (body.length > limitBytes) {
            throw new Failure.Thrown(Kind.REQUEST_TOO_LARGE, "body is larger than " + limitBytes + " bytes");
        }
        try {
            if (READER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new Failure.Thrown(Kind.INVALID_REQUEST, "invalid json: " + e.getOriginalMessage());
        } catch (NumberFormatException e) {
            throw new Failure.Thrown(Kind.INVALID_REQUEST, "invalid json: a number has too many digits");
        } catch (IOException e) {
            throw new Failure.Thrown(Kind.INVALID_REQUEST, "invalid json: not UTF-8");
        }
        throw new Failure.Thrown(Kind.INVALID_REQUEST, "invalid json: not an object");
    }

    /**
     * The same as maps, lists, strings, numbers and booleans, for the domain to read; every text in it can be stored.
     *
     * @throws Failure.Thrown as {@link #object} does
     */
    public static Map<String, Object> fields(byte @Nullable [] body, @Nullable String contentType, int limitBytes) {
        Map<String, Object> fields = fields(object(body, contentType, limitBytes));
        if (!allStorable(fields)) {
            throw new Failure.Thrown(Kind.INVALID_REQUEST, "invalid json: " + NOT_STORABLE);
        }
        return fields;
    }

    /** A tree as maps, lists, strings, numbers and booleans. */
    public static Map<String, Object> fields(ObjectNode object) {
        return MAPPER.convertValue(object, FIELDS);
    }

    /** A record of what the suite's services say to one another. */
    public static <T> T as(Class<T> type, byte @Nullable [] body, @Nullable String contentType, int limitBytes) {
        try {
            return MAPPER.treeToValue(object(body, contentType, limitBytes), type);
        } catch (JsonProcessingException e) {
            throw new Failure.Thrown(Kind.INVALID_REQUEST, "invalid json: " + e.getOriginalMessage());
        }
    }

    /** Writes JSON bit by bit; closing it leaves the stream open. */
    public static JsonGenerator generator(OutputStream out) throws IOException {
        return MAPPER.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /** What this service stored as text. */
    public static <T> T stored(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored as JSON, but it is none", e);
        }
    }

    /** JSON text of a tree or a view, without blanks. */
    public static String write(Object value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON: " + value.getClass(), e);
        }
    }

    /** Whether PostgreSQL can hold it: no NUL, no half of a surrogate pair. */
    public static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c) && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Whether PostgreSQL can hold every text in it, see {@link #storable}. */
    public static boolean allStorable(@Nullable Object parsed) {
        return switch (parsed) {
            case null -> true;
            case String text -> storable(text);
            case List<?> list -> list.stream().allMatch(JsonBody::allStorable);
            case Map<?, ?> map ->
                map.entrySet().stream().allMatch(entry -> allStorable(entry.getKey()) && allStorable(entry.getValue()));
            default -> true;
        };
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return true;
        }
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }
}
