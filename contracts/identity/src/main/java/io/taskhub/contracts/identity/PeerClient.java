package io.taskhub.contracts.identity;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Calls to the replicas of another service, with this service's own token. It stays with one replica while that answers; a refused
 * connection is tried at the next one at once, any other failure and an answer 5xx let the next call go there. Calls block: make them on virtual
 * threads. The token goes to nobody but the configured addresses; redirects are not followed.
 */
public final class PeerClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int FAILED = 5;
    private static final String JSON = "application/json";

    private final String service;
    private final List<URI> urls;
    private final Supplier<String> token;
    private final AtomicInteger turn;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(threads)
            .build();

    /** What a replica said, whatever it was. */
    public static final class Reply {
        private final int status;
        private final byte[] body;

        Reply(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }

        public int status() {
            return status;
        }

        /** Status 2xx. */
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        public byte[] body() {
            return body;
        }
    }

    /** No replica took the connection: the request was certainly not seen. */
    public static final class UnreachableException extends IOException {
        UnreachableException(String service, IOException cause) {
            super(service + " is unreachable", cause);
        }
    }

    /**
     * @param service its name, for messages
     * @param urls its replicas, at least one
     * @param token made anew for every call, see {@link ServiceToken#current()}
     */
    public PeerClient(String service, List<URI> urls, Supplier<String> token) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no address of " + service + " is configured");
        }
        this.service = service;
        this.urls = List.copyOf(urls);
        this.token = token;
        this.turn = new AtomicInteger(ThreadLocalRandom.current().nextInt(urls.size()));
    }

    /** @throws IOException when no replica answered: {@link UnreachableException} when none can have seen the request */
    public Reply get(String path, Duration timeout) throws IOException, InterruptedException {
        return call("GET", path, JSON, HttpRequest.BodyPublishers.noBody(), timeout);
    }

    /** As {@link #get}, with a JSON body. */
    public Reply post(String path, byte[] json, Duration timeout) throws IOException, InterruptedException {
        return call("POST", path, JSON, HttpRequest.BodyPublishers.ofByteArray(json), timeout);
    }

    /**
     * As {@link #get}, with a body of any kind.
     *
     * @param body gives the same bytes however often it is asked: once for every replica that is tried
     */
    public Reply put(String path, String mime, HttpRequest.BodyPublisher body, Duration timeout)
            throws IOException, InterruptedException {
        return call("PUT", path, mime, body, timeout);
    }

    private Reply call(String method, String path, String mime, HttpRequest.BodyPublisher body, Duration timeout)
            throws IOException, InterruptedException {
        IOException refused = new ConnectException("nobody was asked");
        for (int tries = 0; tries < urls.size(); tries++) {
            int chosen = turn.get();
            try {
                Reply reply = send(urls.get(Math.floorMod(chosen, urls.size())), method, path, mime, body, timeout);
                if (reply.status() / 100 == FAILED) {
                    turn.compareAndSet(chosen, chosen + 1);
                }
                return reply;
            } catch (ConnectException e) {
                refused = e;
                turn.compareAndSet(chosen, chosen + 1);
            } catch (IOException e) {
                turn.compareAndSet(chosen, chosen + 1);
                throw e;
            }
        }
        throw new UnreachableException(service, refused);
    }

    private Reply send(
            URI base, String method, String path, String mime, HttpRequest.BodyPublisher body, Duration timeout)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(timeout)
                .header("Content-Type", mime)
                .header("Authorization", "Bearer " + token.get())
                .method(method, body)
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Reply(response.statusCode(), response.body());
    }

    /** Ends calls under way. */
    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
