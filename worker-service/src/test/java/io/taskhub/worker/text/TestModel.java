package io.taskhub.worker.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.JsonText;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An OpenAI-compatible model that says to a text what it is told to. */
final class TestModel {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestModel() {}

    static TestHost saying(UnaryOperator<String> words) {
        return new TestHost(asked -> says(words.apply(document(asked))));
    }

    static TestHost.Answer says(String text) {
        return says(text, "stop");
    }

    static TestHost.Answer says(String text, String reason) {
        return TestHost.Answer.ok(JsonText.of(Map.of(
                "id", "1",
                "object", "chat.completion",
                "model", "m",
                "choices",
                        List.of(Map.of(
                                "index",
                                0,
                                "message",
                                Map.of("role", "assistant", "content", text),
                                "finish_reason",
                                reason)))));
    }

    static JsonNode json(TestHost.Asked asked) {
        try {
            return JSON.readTree(asked.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** What stands between the two border lines, or the whole of what was asked. */
    static String document(TestHost.Asked asked) {
        String text = json(asked).at("/messages/1/content").asText();
        return text.startsWith("<<<") ? text.substring(text.indexOf('\n') + 1, text.lastIndexOf('\n')) : text;
    }

    static Model at(URI url) {
        return at(url, Duration.ofSeconds(20), 4);
    }

    static Model at(URI url, Duration most, int concurrency) {
        return new Model(config(Optional.of(url), concurrency), most, Duration.ofMillis(10));
    }

    static Model none() {
        return new Model(config(Optional.empty(), 4));
    }

    private static ModelConfig config(Optional<URI> url, int concurrency) {
        return new ModelConfig() {
            @Override
            public Optional<URI> baseUrl() {
                return url;
            }

            @Override
            public Optional<String> apiKey() {
                return Optional.of("secret-key");
            }

            @Override
            public Optional<String> model() {
                return Optional.of("tiny");
            }

            @Override
            public int concurrency() {
                return concurrency;
            }
        };
    }
}
