package io.taskhub.realtime;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** The service listens on a free port and finds {@link StoredTasks} and {@link StoredRuns}, which stand at the edges
 * of task-service and dag-service, on the same one. */
public class FreePort implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try (ServerSocket socket = new ServerSocket(0)) {
            String port = Integer.toString(socket.getLocalPort());
            return Map.of(
                    "quarkus.http.test-port",
                    port,
                    // the first replica refuses connections
                    "taskhub.realtime.task-service-urls",
                    "http://localhost:1,http://localhost:" + port,
                    "taskhub.realtime.dag-service-urls",
                    "http://localhost:1,http://localhost:" + port,
                    "taskhub.realtime.heartbeat",
                    "1s",
                    "taskhub.realtime.auth-timeout",
                    "2s",
                    "taskhub.realtime.max-unauthenticated",
                    "5");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
