package io.taskhub.bench.load;

import io.vertx.core.buffer.Buffer;

/** Bodies that create tasks which do nothing, each with a payload of 100 bytes. */
public final class NoopTask {
    private static final int PAYLOAD_BYTES = 100;
    private static final String PAYLOAD = payload();

    private NoopTask() {}

    /** For {@code POST /api/v1/tasks}. */
    public static Buffer single(String queue) {
        return Buffer.buffer(body(queue));
    }

    /** For {@code POST /api/v1/tasks:batch}. */
    public static Buffer batch(String queue, int size) {
        String one = body(queue);
        StringBuilder text = new StringBuilder(size * (one.length() + 1) + 16).append("{\"tasks\":[");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",").append(one);
        }
        return Buffer.buffer(text.append("]}").toString());
    }

    private static String body(String queue) {
        return "{\"type\":\"noop\",\"queue\":\"" + queue + "\",\"payload\":" + PAYLOAD + "}";
    }

    private static String payload() {
        String frame = "{\"text\":\"\"}";
        return "{\"text\":\"" + "x".repeat(PAYLOAD_BYTES - frame.length()) + "\"}";
    }
}
