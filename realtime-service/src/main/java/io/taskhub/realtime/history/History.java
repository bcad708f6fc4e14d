package io.taskhub.realtime.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.taskhub.contracts.LogPage;
import io.taskhub.contracts.TaskHistory;
import io.taskhub.contracts.identity.ServiceToken;
import io.taskhub.realtime.RealtimeServiceConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What task-service has stored. Every answer comes back on the caller's event loop; a failure is
 * {@link HistoryUnavailableException} unless said otherwise.
 */
@Singleton
public final class History {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int MAX_OUTPUT = 4096;

    private final Peers peers;
    private final ObjectMapper json;
    private final ObjectReader histories;
    private final ObjectReader pages;

    History(Vertx vertx, RealtimeServiceConfig config, ServiceToken token, ObjectMapper json) {
        this.peers = new Peers(vertx, "task-service", config.taskServiceUrls(), token);
        this.json = json;
        this.histories = json.readerFor(TaskHistory.class);
        this.pages = json.readerFor(LogPage.class);
    }

    /** A task by any spelling and its events above {@code afterSeq}. Fails with {@link NoSuchTaskException}. */
    public Future<TaskHistory> task(String id, int afterSeq, int limit) {
        return peers.call(
                        HttpMethod.GET,
                        "/internal/tasks/" + Peers.encode(id) + "/history?after_seq=" + afterSeq + "&limit=" + limit,
                        null)
                .map(reply -> {
                    // 400: the text is no spelling of an id
                    if (reply.status() == NOT_FOUND || reply.status() == BAD_REQUEST) {
                        throw new NoSuchTaskException(id);
                    }
                    return peers.read(reply, histories::readValue);
                });
    }

    /**
     * Log lines from {@code from} on.
     *
     * @param key a logical id or any spelling of a task's
     * @param offsets what the store must have passed before it answers, see {@link LogPage}
     */
    public Future<LogPage> logs(String key, @Nullable String runId, long from, int limit, String offsets) {
        return peers.call(
                        HttpMethod.GET,
                        "/internal/logs?task=" + Peers.encode(key)
                                + (runId == null ? "" : "&run_id=" + Peers.encode(runId))
                                + "&from=" + from + "&limit=" + limit + "&offsets=" + Peers.encode(offsets),
                        null)
                .map(reply -> peers.read(reply, pages::readValue));
    }

    /** The tasks as TaskHub's dialect shows them, by UUID; those that are gone are left out. */
    public Future<Map<String, JsonNode>> views(Collection<String> tasks) {
        try {
            byte[] body = json.writeValueAsBytes(Map.of("ids", tasks, "max_output", MAX_OUTPUT));
            return peers.call(HttpMethod.POST, "/internal/tasks/views", Buffer.buffer(body))
                    .map(reply -> peers.read(reply, bytes -> json.readValue(bytes, Views.class))
                            .views());
        } catch (JsonProcessingException e) {
            return Future.failedFuture(e);
        }
    }

    private record Views(Map<String, JsonNode> views) {}

    @PreDestroy
    void close() {
        peers.close();
    }
}
