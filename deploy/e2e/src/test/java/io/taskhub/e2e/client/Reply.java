package io.taskhub.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** What came back. */
public record Reply(int status, HttpHeaders headers, String body) {

    public JsonNode json() {
        return Json.parse(body);
    }

    /** The node at a JSON pointer; missing when there is none. */
    public JsonNode at(String pointer) {
        return json().at(pointer);
    }

    public String text(String pointer) {
        return at(pointer).asText();
    }

    public long number(String pointer) {
        return at(pointer).asLong();
    }

    /** This reply, or an error that shows it when it has another status. */
    public Reply expect(int wanted) {
        if (status != wanted) {
            throw new AssertionError("expected HTTP " + wanted + " but got " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        return "HTTP " + status + " " + (body.length() > 2_000 ? body.substring(0, 2_000) + "…" : body);
    }
}
