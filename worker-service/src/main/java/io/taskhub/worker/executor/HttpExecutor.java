package io.taskhub.worker.executor;

import io.taskhub.contracts.Report;
import io.taskhub.worker.WorkerConfig;
import io.taskhub.worker.net.AddressRules;
import io.taskhub.worker.net.FetchRefusedException;
import io.taskhub.worker.net.WebAnswer;
import io.taskhub.worker.net.WebClient;
import io.taskhub.worker.net.WebRequest;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code http} {url, method, headers, body} (decisions §3): success is 2xx, the body goes to stdout. */
@Singleton
public final class HttpExecutor implements Executor {
    private static final WebClient.Limits LIMITS =
            new WebClient.Limits(Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO);
    private static final int CHUNK = 8 << 10;
    private static final String HEADER = "header.";

    private final WebClient client;

    @Inject
    public HttpExecutor(WorkerConfig config) {
        this(config.http().blockPrivate());
    }

    HttpExecutor(boolean blockPrivate) {
        this.client = new WebClient(new AddressRules(!blockPrivate), LIMITS, WebClient.Content.AS_SENT);
    }

    @Override
    public Set<String> types() {
        return Set.of("http");
    }

    @Override
    public Ended execute(Execution run, Payload payload) throws Exception {
        WebRequest request = request(payload);
        try (WebAnswer answer = client.send(request)) {
            return ended(run, answer);
        } catch (FetchRefusedException e) {
            return Ended.hopeless(Runner.describe(e));
        } catch (IOException e) {
            return Ended.failed(1, request.method() + " " + request.uri() + ": " + Runner.describe(e));
        }
    }

    private static WebRequest request(Payload payload) {
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
        String method = payload.text("method", "GET").strip().toUpperCase(Locale.ROOT);
        try {
            return new WebRequest(address(url), method, headers, body);
        } catch (IllegalArgumentException e) {
            throw new InvalidPayloadException(Runner.describe(e));
        }
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

    private static Ended ended(Execution run, WebAnswer answer) throws IOException, InterruptedException {
        long read = 0;
        byte[] chunk = new byte[CHUNK];
        for (int count = answer.read(chunk); count >= 0; count = answer.read(chunk)) {
            run.stdout().write(chunk, 0, count);
            read += count;
            if (read > Captured.KEPT_BYTES) {
                run.stdout().markCut();
                break;
            }
        }
        int status = answer.status();
        return status / 100 == 2
                ? Ended.success("{\"status\":" + status + "}")
                : new Ended(Report.Outcome.FAILED, true, 1, "HTTP status " + status, "{\"status\":" + status + "}");
    }

    @PreDestroy
    public void close() {
        client.close();
    }
}
