package io.taskhub.realtime.sse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/** Writes frames of {@code text/event-stream}. */
@Singleton
final class SseFrames {
    private static final byte[] COMMENT = ": \n\n".getBytes(StandardCharsets.UTF_8);

    private final ObjectMapper json;

    SseFrames(ObjectMapper json) {
        this.json = json;
    }

    /** Keeps the connection and every proxy on its way awake. */
    byte[] comment() {
        return COMMENT;
    }

    /** Sets where a reconnect continues before anything was sent. */
    byte[] opening(long retryMs, String id) {
        return ("retry: " + retryMs + "\nid: " + id + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    byte[] event(String name, String id, Object data) {
        try {
            String text = json.writeValueAsString(data);
            return ("id: " + id + "\nevent: " + name + "\ndata: " + text + "\n\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
