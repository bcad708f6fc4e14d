package io.taskhub.worker.executor;

import io.taskhub.contracts.Report;
import io.taskhub.worker.WorkerConfig;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * {@code http} {url, method, headers, body} (decisions §3): success is 2xx, the body goes to stdout. Redirects are followed
 * here, one by one, because each target has to pass the address rule again.
 */
@Singleton
public final class HttpExecutor implements Executor {
    private static final int MOST_REDIRECTS = 5;
    private static final int CHUNK = 8 << 10;
    private static final String HEADER = "header.";

    private final PrivateAddresses addresses;
    private final ExecutorService threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .executor(threads)
            .build();

    @Inject
    public HttpExecutor(WorkerConfig config) {
        this(config.http().blockPrivate());
    }

    HttpExecutor(boolean blockPrivate) {
        this.addresses = new PrivateAddresses(blockPrivate);
    }

    @Override
    public Set<String> types() {
        return Set.of("http");
    }

    /** One request of the chain. */
    private record Step(
            URI uri,
            String method,
            Map<String, String> headers,
            @Nullable String body) {

        HttpRequest request() {
            HttpRequest.Builder builder = HttpRequest.newBuilder(uri);
            headers.forEach(builder::setHeader);
            return builder.method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body))
                    .build();
        }

        /** As browsers do it: 303, and 301 or 302 of a POST, become GET; another origin gets no credentials. */
        Step redirected(int status, URI target) {
            boolean get = status == 303 || ((status == 301 || status == 302) && method.equals("POST"));
            boolean sameOrigin = target.getScheme().equals(uri.getScheme())
                    && target.getRawAuthority().equals(uri.getRawAuthority());
            Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            kept.putAll(headers);
            if (!sameOrigin) {
                kept.remove("authorization");
                kept.remove("cookie");
            }
            if (get) {
                kept.remove("content-type");
            }
            return new Step(target, get ? "GET" : method, kept, get ? null : body);
        }
    }

    @Override
    public Ended execute(Execution run, Payload payload) throws Exception {
        Step step = first(payload);
        try {
            for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
                addresses.check(step.uri());
                HttpResponse<InputStream> response =
                        client.send(step.request(), HttpResponse.BodyHandlers.ofInputStream());
                Optional<URI> target = redirect(step.uri(), response);
                if (target.isEmpty()) {
                    return ended(run, response);
                }
                response.body().close();
                step = step.redirected(response.statusCode(), target.get());
            }
            return Ended.failed(1, "more than " + MOST_REDIRECTS + " redirects");
        } catch (IOException e) {
            if (run.stopped() != null) {
                throw new InterruptedException();
            }
            return Ended.failed(1, step.method() + " " + step.uri() + ": " + Runner.describe(e));
        }
    }

    private static Step first(Payload payload) {
        String url = payload.text("url", payload.text("exec_command", ""));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        payload.object("headers").values().forEach((name, value) -> headers.put(name, String.valueOf(value)));
        payload.values().forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                headers.put(name.substring(HEADER.length()), String.valueOf(value));
            }
        });
        String body = payload.has("body") ? payload.text("body", "") : null;
        if (body != null && !headers.containsKey("content-type")) {
            boolean json =
                    body.stripLeading().startsWith("{") || body.stripLeading().startsWith("[");
            headers.put("content-type", json ? "application/json" : "text/plain; charset=utf-8");
        }
        Step step =
                new Step(address(url), payload.text("method", "GET").strip().toUpperCase(Locale.ROOT), headers, body);
        try {
            step.request();
        } catch (IllegalArgumentException e) {
            throw new InvalidPayloadException(Runner.describe(e));
        }
        return step;
    }

    private static URI address(String url) {
        try {
            URI uri = URI.create(url.strip());
            String scheme = uri.getScheme();
            if (uri.getHost() != null && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidPayloadException("invalid url: " + url);
        }
        throw new InvalidPayloadException(url.isBlank() ? "missing url" : "invalid url: " + url);
    }

    private static Optional<URI> redirect(URI from, HttpResponse<?> response) {
        return switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 ->
                response.headers()
                        .firstValue("location")
                        .map(location -> address(from.resolve(location).toString()));
            default -> Optional.empty();
        };
    }

    private static Ended ended(Execution run, HttpResponse<InputStream> response) throws IOException {
        long read = 0;
        byte[] chunk = new byte[CHUNK];
        try (InputStream body = response.body()) {
            for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
                run.stdout().write(chunk, 0, count);
                read += count;
                if (read > Captured.KEPT_BYTES) {
                    run.stdout().markCut();
                    break;
                }
            }
        }
        int status = response.statusCode();
        return status / 100 == 2
                ? Ended.success("{\"status\":" + status + "}")
                : new Ended(Report.Outcome.FAILED, true, 1, "HTTP status " + status, "{\"status\":" + status + "}");
    }

    @PreDestroy
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
