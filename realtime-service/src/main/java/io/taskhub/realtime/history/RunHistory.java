package io.taskhub.realtime.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.taskhub.contracts.DagEvent;
import io.taskhub.contracts.identity.ServiceToken;
import io.taskhub.realtime.RealtimeServiceConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** What dag-service has stored. Answers come back on the caller's event loop; a failure is {@link HistoryUnavailableException}. */
@Singleton
public final class RunHistory {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final Peers peers;
    private final ObjectReader pages;

    RunHistory(Vertx vertx, RealtimeServiceConfig config, ServiceToken token, ObjectMapper json) {
        this.peers = new Peers(vertx, "dag-service", config.dagServiceUrls(), token);
        this.pages = json.readerFor(DagEvent.Page.class);
    }

    /**
     * Events of a node above {@code afterSeq}, see {@link DagEvent.Page}. Fails with {@link NoSuchTaskException} when no such run has
     * such a node.
     *
     * @param run null for the newest one that has the node
     */
    public Future<DagEvent.Page> node(@Nullable String run, String node, int afterSeq, int limit) {
        String where = run == null ? "/internal/events" : "/internal/runs/" + Peers.encode(run) + "/events";
        return peers.call(
                        HttpMethod.GET,
                        where + "?task_id=" + Peers.encode(node) + "&after_seq=" + afterSeq + "&limit=" + limit,
                        null)
                .map(reply -> {
                    // 400: the text is no run's or node's id
                    if (reply.status() == NOT_FOUND || reply.status() == BAD_REQUEST) {
                        throw new NoSuchTaskException(node);
                    }
                    return peers.read(reply, pages::readValue);
                });
    }

    @PreDestroy
    void close() {
        peers.close();
    }
}
