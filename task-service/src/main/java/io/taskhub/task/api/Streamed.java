package io.taskhub.task.api;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A body that is read while it is sent. */
public final class Streamed {
    private static final Logger LOG = Logger.getLogger(Streamed.class);
    private static final int CLOSED_WITHIN_S = 5;

    private Streamed() {}

    /**
     * Whatever fails before the first byte is sent is an error like any other. Later the connection has to go, and before the framework
     * ends the response: one that merely ended would look whole, or as if more were to come. A client that went away is no error.
     *
     * @param what it is, for the log
     */
    public static StreamingOutput to(HttpServerRequest http, String what, StreamingOutput body) {
        return out -> {
            try {
                body.write(out);
            } catch (IOException | RuntimeException e) {
                if (http.response().closed()) {
                    LOG.debugf("%s: its reader went away: %s", what, e);
                    return;
                }
                if (!http.response().headWritten()) {
                    throw e;
                }
                LOG.warnf("%s broke off: %s", what, e);
                http.connection()
                        .close()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .completeOnTimeout(null, CLOSED_WITHIN_S, TimeUnit.SECONDS)
                        .join();
            }
        };
    }
}
