package io.taskhub.task.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One JSON file per reply under {@code golden/}: a change of a contract is a change of a file. */
public final class Golden {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    /** Fields in the same order with the same values; blanks do not count. */
    public static void assertMatches(String name, Object view) {
        assertThat(pretty(JsonBody.write(view))).as(name).isEqualTo(pretty(read(name)));
    }

    public static void assertTextMatches(String name, String json) {
        assertThat(pretty(json)).as(name).isEqualTo(pretty(read(name)));
    }

    private static String read(String name) {
        try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
            return file == null ? "null" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pretty(String json) {
        try {
            return JSON.readTree(json).toPrettyString();
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }
}
