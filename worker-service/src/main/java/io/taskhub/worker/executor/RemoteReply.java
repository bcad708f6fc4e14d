package io.taskhub.worker.executor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.taskhub.contracts.Report;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;

/** What a registered worker answers to {@code POST /api/worker/execute}; {@code status} as in decisions §3: 2 is success. */
record RemoteReply(int status, String message, int exitCode, String stdout, String stderr) {
    private static final int SUCCESS = 2;
    private static final int TIMEOUT = 6;
    private static final ObjectReader JSON = new ObjectMapper().readerForMapOf(Object.class);

    static RemoteReply of(HttpResponse<String> response) throws IOException {
        if (response.statusCode() / 100 != 2) {
            return new RemoteReply(0, "remote worker answered HTTP status " + response.statusCode(), 1, "", "");
        }
        Payload fields = Payload.of(JSON.<Map<String, Object>>readValue(response.body()));
        return new RemoteReply(
                (int) fields.integer("status", 0),
                fields.text("message", ""),
                (int) fields.integer("exit_code", 0),
                fields.text("stdout", ""),
                fields.text("stderr", ""));
    }

    Ended ended(long timeoutMs) {
        if (status == SUCCESS) {
            return Ended.success();
        }
        String said = message.isBlank() ? "remote status " + status : message;
        if (status == TIMEOUT) {
            return timeoutMs > 0
                    ? Ended.timedOut(timeoutMs)
                    : new Ended(Report.Outcome.TIMED_OUT, true, -1, said, null);
        }
        return Ended.failed(exitCode == 0 ? 1 : exitCode, said);
    }
}
