package io.taskhub.gateway.system;

import io.taskhub.contracts.identity.ServiceToken;
import io.taskhub.gateway.proxy.ServiceCalls;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** The gateway's own questions to the services, on their internal paths, with the gateway's service token. Blocks: not for the event loop. */
@ApplicationScoped
public class Peers {
    /** The service did not answer as it should. */
    public static final class SilentException extends RuntimeException {
        SilentException(String service, Throwable cause) {
            super(service + " did not answer", cause);
        }
    }

    private final ServiceCalls calls;
    private final ServiceToken token;

    public Peers(ServiceCalls calls, ServiceToken token) {
        this.calls = calls;
        this.token = token;
    }

    /**
     * Asks one replica.
     *
     * @throws SilentException when none answers with 200
     */
    public JsonObject ask(String service, String path) {
        try {
            return await(calls.get(service, path, token.current()));
        } catch (CompletionException | CancellationException e) {
            throw new SilentException(service, e);
        }
    }

    /** Asks every replica; one that does not answer is left out. */
    public List<JsonObject> askEvery(String service, String path) {
        return await(calls.getFromEvery(service, path, token.current()));
    }

    /** Posts to every replica; one that does not answer is left out. */
    public void tellEvery(String service, String path, JsonObject body) {
        await(calls.postToEvery(service, path, token.current(), body));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
