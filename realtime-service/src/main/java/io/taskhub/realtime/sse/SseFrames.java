package io.taskhub.realtime.sse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/** Writes frames of {@code text/event-stream}. */
@Singleton
public final class SseFrames {
    private final ObjectMapper json;

    SseFrames(ObjectMapper json) {
        this.json = json;
    }

    /** The first frame of a stream that cannot be resumed. */
    public byte[] opening(long retryMs) {
        return ("retry: " + retryMs + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Sets where a reconnect continues before anything was sent. */
    public byte[] opening(long retryMs, String id) {
        return ("retry: " + retryMs + "\nid: " + id + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    public byte[] event(String name, String id, Object data) {
        try {
            String text = json.writeValueAsString(data);
            return ("id: " + id + "\nevent: " + name + "\ndata: " + text + "\n\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
