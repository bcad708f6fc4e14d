package io.taskhub.e2e.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** The body of a v1 create, filled only with what a test cares for. */
public final class NewTask {
    private final Map<String, Object> body = new LinkedHashMap<>();
    private final Map<String, Object> payload = new LinkedHashMap<>();

    private NewTask(String type) {
        body.put("type", type);
        body.put("payload", payload);
    }

    public static NewTask of(String type) {
        return new NewTask(type);
    }

    /** {@code count} steps of 500 ms. */
    public static NewTask demo(int count) {
        return of("demo").payload("message", "hello").payload("count", count);
    }

    public static NewTask shell(String command) {
        return of("shell").payload("command", command);
    }

    public static NewTask noop() {
        return of("noop");
    }

    public static NewTask sleep(long millis) {
        return of("sleep").payload("ms", millis);
    }

    public NewTask payload(String name, Object value) {
        payload.put(name, value);
        return this;
    }

    public NewTask with(String field, Object value) {
        body.put(field, value);
        return this;
    }

    public NewTask without(String field) {
        body.remove(field);
        return this;
    }

    public NewTask queue(String queue) {
        return with("queue", queue);
    }

    public NewTask once() {
        return with("max_retries", 0);
    }

    public Map<String, Object> body() {
        return body;
    }
}
