package io.taskhub.cron.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.identity.PeerClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** One service, asked in JSON. */
final class Peer implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Bad request, too large, unprocessable: whose fault it is does not change by waiting. */
    private static final Set<Integer> PERMANENT = Set.of(400, 413, 422);

    private final String name;
    private final PeerClient client;
    private final ObjectMapper json;

    Peer(String name, PeerClient client, ObjectMapper json) {
        this.name = name;
        this.client = client;
        this.json = json;
    }

    <T> T ask(String path, Object body, Class<T> answer) throws PeerException {
        byte[] said = post(path, body);
        try {
            return json.readValue(said, answer);
        } catch (IOException e) {
            throw new PeerException(name + " answered what is not understood: " + e.getMessage(), false);
        }
    }

    /** As {@link #ask}, where no answer is expected. */
    void tell(String path, Object body) throws PeerException {
        post(path, body);
    }

    private byte[] post(String path, Object body) throws PeerException {
        PeerClient.Reply reply;
        try {
            reply = client.post(path, json.writeValueAsBytes(body), TIMEOUT);
        } catch (JsonProcessingException e) {
            throw new PeerException("cannot be written as JSON: " + e.getOriginalMessage(), true);
        } catch (IOException e) {
            throw new PeerException(name + " is not reachable", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted", false);
        }
        if (!reply.isSuccess()) {
            throw new PeerException(
                    name + " answered " + reply.status() + message(reply.body()), PERMANENT.contains(reply.status()));
        }
        return reply.body();
    }

    private String message(byte[] body) {
        try {
            JsonNode said = json.readTree(body);
            String message = said.path("message").asText(said.path("error").asText(""));
            return message.isEmpty() ? "" : ": " + message;
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
